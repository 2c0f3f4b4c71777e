using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

namespace EarlyWarning.Scoring.Engine.Uncertainty;

/// <summary>
/// How sure scores, levels and ranks are, by drawing again and again what is unsure: observations, missing data, weights, choices of
/// method. In each draw weights and methods are the same for all countries, and observations err on their own. Every number is a function
/// of the seed, the
/// draw and what is drawn, and sums have a fixed order: the result is the same bits on one thread or eight, vectorised or not. Sources:
/// OECD and JRC, Handbook (2008), section 7; M. Saisana, A. Saltelli, S. Tarantola, Journal of the Royal Statistical Society A 168 (2005);
/// JCGM 101:2008
/// (GUM, supplement 1), the propagation of distributions; COINr's get_sensitivity.
/// </summary>
/// <remarks>
/// The reference set stays frozen: neither ranges and ranks, nor what Copeland's method compares with, nor weights derived from the set are
/// drawn. Imputed values are drawn with the standard error that the imputation gives them. Coefficients of regressions are not drawn. Where
/// nothing but
/// observations and missing data is drawn, and missing data as <see cref="MissingDraw.Scored"/>, the score is the mean of these draws too.
/// </remarks>
public static class MonteCarlo
{
    /// <summary>Runs countries under a framework.</summary>
    /// <param name="framework">The framework as it is.</param>
    /// <param name="countries">The countries, one or more; ranks are among them.</param>
    /// <param name="options">What is unsure, and how often it is drawn.</param>
    /// <param name="progress">Is told the share of the draws that is done, about a hundred times, from any thread.</param>
    /// <param name="cancellation">Ends the run early.</param>
    /// <returns>The distributions.</returns>
    /// <exception cref="ArgumentException">An option makes no sense, or a combination of choices lacks the node asked for.</exception>
    /// <exception cref="Validation.InvalidModelException">A combination of choices makes an invalid framework.</exception>
    /// <exception cref="OperationCanceledException">The run was ended early.</exception>
    public static MonteCarloResult Run(
        CompiledFramework framework,
        ImmutableArray<CountryValues> countries,
        MonteCarloOptions options,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(framework);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (countries.IsDefaultOrEmpty)
            throw new ArgumentException("There are no countries.", nameof(countries));
        var model = new DrawModel(framework, countries, options, Varying.All, cancellation);
        return Run(model, [.. countries.Select(country => country.Country)], options, progress, cancellation);
    }

    private static MonteCarloResult Run(
        DrawModel model,
        ImmutableArray<string> codes,
        MonteCarloOptions options,
        IProgress<double>? progress,
        CancellationToken cancellation
    )
    {
        var drawn = DrawnScores.Of(model.DrawsLevels, codes.Length, options.Draws);
        var ranks = codes.Length > 1 ? new RankCounts(drawn) : null;
        new DrawRun(model, options.Seed, options.Draws, options.Threads).Run(
            null,
            drawn,
            cancellation,
            progress is null ? null : progress.Report,
            ranks is null ? null : ranks.Add
        );
        cancellation.ThrowIfCancellationRequested();
        var summary = new DrawSummary(model, options, ranks);
        return new MonteCarloResult(options.Draws, options.Seed, options.Confidence, summary.Of(codes, drawn, cancellation));
    }
}
