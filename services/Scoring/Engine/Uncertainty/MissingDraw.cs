namespace EarlyWarning.Scoring.Engine.Uncertainty;

/// <summary>What stands for an observation that is missing while draws are made.</summary>
public enum MissingDraw
{
    /// <summary>
    /// Any value of the leaf's scale, or of a predictor's range, is as likely as any other, as in the interval by the delta method. Where there
    /// is no such range, as <see cref="Reference"/>; without a reference set either, the framework's policy decides as for the point score.
    /// Source: JCGM 100:2008 (GUM), section 4.3.7.
    /// </summary>
    Uniform = 0,

    /// <summary>
    /// One of the values that the indicator has in the reference set, each as likely as the others (a hot deck); where it has none, as
    /// <see cref="Uniform"/>. Source: OECD and JRC, Handbook (2008), section 3.
    /// </summary>
    Reference = 1,

    /// <summary>Nothing: the framework's policy decides in each draw as for the point score. COINr's uncertainty analysis does so.</summary>
    Policy = 2,
}
