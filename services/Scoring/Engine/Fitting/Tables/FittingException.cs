namespace EarlyWarning.Scoring.Engine.Fitting.Tables;

/// <summary>A model cannot be fitted, or data cannot be fitted on or evaluated.</summary>
public class FittingException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="FittingException"/> class.</summary>
    /// <param name="subject">What is wrong: a column, a row of a column (<c>gdp[17]</c>), <c>outcome</c>, <c>lambda</c>.</param>
    /// <param name="reason">What is wrong with it, with the value found.</param>
    /// <param name="fix">What to do instead.</param>
    public FittingException(string subject, string reason, string fix)
        : base($"{subject}: {reason} {fix}") => (Subject, Reason, Fix) = (subject, reason, fix);

    /// <summary>Gets what is wrong: a column, a row of a column (<c>gdp[17]</c>), <c>outcome</c>, <c>lambda</c>.</summary>
    public string Subject { get; }

    /// <summary>Gets what is wrong with it, with the value found.</summary>
    public string Reason { get; }

    /// <summary>Gets what to do instead.</summary>
    public string Fix { get; }
}
