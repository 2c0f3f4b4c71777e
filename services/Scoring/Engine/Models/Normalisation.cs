namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>
/// How an indicator's values come onto the framework's scale. Methods that look at other countries look at the framework's frozen
/// <see cref="ReferenceSet"/> alone, so one country's news never moves another. Source: OECD and JRC, Handbook on Constructing
/// Composite Indicators (2008), section 5. Where definitions vary, those of the package COINr (Becker and others, Journal of Open Source
/// Software 7, 2022) hold.
/// </summary>
/// <remarks>
/// As in COINr, a leaf that <see cref="Direction.Lowers"/> has its values multiplied by −1 first, and the method sees those: ranks,
/// targets' distances and maxima are of the turned values.
/// </remarks>
public abstract record Normalisation
{
    private protected Normalisation() { }

    /// <summary>
    /// Gets a value indicating whether the outcome stays on the method's own scale (0 to 1 of a share, 1 to n of a rank) as COINr leaves
    /// it, instead of being stretched to the framework's, from its floor to 100.
    /// </summary>
    public bool OwnScale { get; init; }

    /// <summary>Gets a value indicating whether the method needs a reference set.</summary>
    public virtual bool NeedsReference => true;
}
