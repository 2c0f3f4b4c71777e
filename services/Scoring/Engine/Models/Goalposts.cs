namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>
/// Min-max against fixed goalposts: floor + (100 − floor) · (value − low) / (high − low), so that one country's news does not move the
/// others. Source: OECD and JRC, Handbook (2008), section 5.3 (min-max); fixed ends as in UNDP, Human Development Report 2010, technical
/// note 1. With <see cref="Normalisation.OwnScale"/> the outcome is the share from 0 to 1.
/// </summary>
/// <param name="Low">The value that stands at the floor of the scale.</param>
/// <param name="High">The value that stands at 100, above the low one; an indicator that lowers risk says so by its direction.</param>
/// <param name="Capped">
/// Whether values beyond a goalpost count as the goalpost (the default). Uncapped ones leave the scale, and may take the score with them.
/// </param>
public sealed record Goalposts(double Low, double High, bool Capped = true) : Normalisation
{
    /// <inheritdoc/>
    public override bool NeedsReference => false;
}
