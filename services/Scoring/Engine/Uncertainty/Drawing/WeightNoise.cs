namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>
/// How unsure the weights of one level are. Levels count from the indicators, which are 1; a node is one above its highest child. The
/// weight of an element beside its siblings is what is drawn, the same in every country. Coefficients of regressions are no weights.
/// Source: OECD and
/// JRC, Handbook (2008), section 7.
/// </summary>
public abstract record WeightNoise
{
    private protected WeightNoise(int? level) => Level = level;

    /// <summary>Gets the level whose elements' weights are drawn, from 1; null for every level that has no noise of its own.</summary>
    public int? Level { get; }

    internal abstract void Check();
}

/// <summary>Each weight times a number between 1 − factor and 1 + factor, independently. COINr's get_noisy_weights.</summary>
public sealed record UniformWeightNoise : WeightNoise
{
    /// <summary>Initializes a new instance of the <see cref="UniformWeightNoise"/> class.</summary>
    /// <param name="level">The level; null for every level that has no noise of its own.</param>
    /// <param name="factor">The share by which a weight may differ, 0 to below 1.</param>
    public UniformWeightNoise(int? level, double factor)
        : base(level) => Factor = factor;

    /// <summary>Gets the share by which a weight may differ from what it is.</summary>
    public double Factor { get; }

    internal override void Check()
    {
        if (!(Factor >= 0 && Factor < 1))
            throw new ArgumentOutOfRangeException(nameof(Factor), Factor, "A factor lies from 0 to below 1.");
    }
}

/// <summary>
/// The shares of siblings follow a Dirichlet distribution whose mean is their nominal shares: each has the variance share · (1 − share) /
/// (concentration + 1).
/// </summary>
public sealed record DirichletWeightNoise : WeightNoise
{
    /// <summary>Initializes a new instance of the <see cref="DirichletWeightNoise"/> class.</summary>
    /// <param name="level">The level; null for every level that has no noise of its own.</param>
    /// <param name="concentration">How close to the nominal shares the draws are; above 0.</param>
    public DirichletWeightNoise(int? level, double concentration)
        : base(level) => Concentration = concentration;

    /// <summary>Gets the sum of the distribution's parameters.</summary>
    public double Concentration { get; }

    internal override void Check()
    {
        if (!(Concentration > 0 && double.IsFinite(Concentration)))
            throw new ArgumentOutOfRangeException(nameof(Concentration), Concentration, "A concentration is above 0 and finite.");
    }
}
