using System.Collections.Immutable;
using System.Globalization;

namespace EarlyWarning.Scoring.Engine.Validation;

/// <summary>Collects errors, in the order found.</summary>
internal sealed class ErrorList
{
    private readonly ImmutableArray<ModelError>.Builder _errors = ImmutableArray.CreateBuilder<ModelError>();

    public bool IsEmpty => _errors.Count == 0;

    public static string Show(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public void Add(string path, string reason, string fix) => _errors.Add(new ModelError(path, reason, fix));

    public ImmutableArray<ModelError> ToImmutable() => _errors.ToImmutable();
}
