using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>
/// A feature is the outcome or tells of the outcome to come, so that a model fitted on it could not be used in its own time.
/// </summary>
public sealed class LeakedColumnException : FittingException
{
    /// <summary>Initializes a new instance of the <see cref="LeakedColumnException"/> class.</summary>
    /// <param name="column">The column.</param>
    /// <param name="reason">How it gives the outcome away.</param>
    public LeakedColumnException(string column, string reason)
        : base(
            column,
            reason,
            "Leave the column out of the features, or use a lag of it: what was known before the period that is forecast."
        ) { }

    /// <summary>Gets the column.</summary>
    public string Column => Subject;
}
