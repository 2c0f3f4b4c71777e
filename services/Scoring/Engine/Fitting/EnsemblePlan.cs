using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>How one member of an ensemble is to be fitted.</summary>
/// <param name="Design">Its terms.</param>
/// <param name="Lambda">The strength of its penalty, from 0.</param>
/// <param name="Options">How it is fitted.</param>
public sealed record EnsemblePlan(FeatureDesign Design, double Lambda, ElasticNetOptions Options)
{
    /// <summary>
    /// Gets the seed of the bootstrap sample that the member is fitted on, as many events and as many others as there are, drawn with
    /// replacement; null for the rows as they are. Source: L. Breiman, "Bagging predictors", Machine Learning 24 (1996).
    /// </summary>
    public ulong? BootstrapSeed { get; init; }

    /// <summary>
    /// Gets a value indicating whether the sample is of whole groups, as many as there are, drawn again until both outcomes are in it, and
    /// not of rows: rows of one country are no independent cases. Source: A. C. Davison and D. V. Hinkley, Bootstrap Methods and their
    /// Application
    /// (1997), section 3.8.
    /// </summary>
    public bool BootstrapGroups { get; init; }

    /// <summary>Plans members of one design, each on a bootstrap sample of its own.</summary>
    /// <param name="design">The terms.</param>
    /// <param name="lambda">The strength of the penalty, from 0.</param>
    /// <param name="options">How they are fitted.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">The seed; that of each member follows from it.</param>
    /// <param name="groups">Whether whole groups are drawn, and not rows.</param>
    /// <returns>The plans.</returns>
    public static ImmutableArray<EnsemblePlan> Bootstraps(
        FeatureDesign design,
        double lambda,
        ElasticNetOptions options,
        int count,
        ulong seed,
        bool groups = false
    )
    {
        var generator = new SplitMix64(seed);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new EnsemblePlan(design, lambda, options)
                {
                    BootstrapSeed = generator.At((ulong)i),
                    BootstrapGroups = groups,
                }),
        ];
    }
}
