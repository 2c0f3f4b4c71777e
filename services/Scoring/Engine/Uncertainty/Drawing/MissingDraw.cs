namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>What stands for what is missing while draws are made.</summary>
public enum MissingDraw
{
    /// <summary>
    /// What the score itself is the mean of: missing children whose weight the others take are drawn around those that are there, a held
    /// value has its stated spread. See <see cref="StateDistribution"/>.
    /// </summary>
    Scored = 0,

    /// <summary>
    /// Any value of a missing leaf's scale, or of a predictor's range, is as likely as any other. Where there is no such range, as
    /// <see cref="Reference"/>; without a reference set either, the leaf is left out. The mean of the draws may lie off the score. Source:
    /// JCGM 100:2008 (GUM), section 4.3.7.
    /// </summary>
    Uniform = 1,

    /// <summary>
    /// One of the values that the indicator has in the reference set, each as likely as the others (a hot deck); where it has none, as
    /// <see cref="Uniform"/>. The mean of the draws may lie off the score. Source: OECD and JRC, Handbook (2008), section 3.
    /// </summary>
    Reference = 2,

    /// <summary>
    /// Nothing: the others stand for a missing child, or the held value does, in every draw, so that what is missing widens nothing.
    /// COINr's uncertainty analysis does so.
    /// </summary>
    Policy = 3,
}
