using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Validation;

/// <summary>A framework cannot be compiled; it carries every error, not only the first.</summary>
public sealed class InvalidModelException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="InvalidModelException"/> class.</summary>
    /// <param name="errors">Every error found.</param>
    public InvalidModelException(ImmutableArray<ModelError> errors)
        : base(string.Join(Environment.NewLine, errors)) => Errors = errors;

    /// <summary>Gets every error found.</summary>
    public ImmutableArray<ModelError> Errors { get; }
}
