using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

namespace EarlyWarning.Scoring.Engine.Uncertainty;

/// <summary>
/// How sure scores, levels and ranks are, by drawing again and again what is unsure: observations, missing data, weights, choices of method. In
/// each draw weights and methods are the same for all countries, and observations err on their own. Every number is a function of the seed, the
/// draw and what is drawn, and sums have a fixed order: the result is the same bits on one thread or eight, vectorised or not. Sources: OECD and
/// JRC, Handbook (2008), section 7; M. Saisana, A. Saltelli, S. Tarantola, Journal of the Royal Statistical Society A 168 (2005); JCGM 101:2008
/// (GUM, supplement 1), the propagation of distributions; COINr's get_sensitivity.
/// </summary>
/// <remarks>
/// The reference set stays frozen: neither ranges and ranks, nor what Copeland's method compares with, nor weights derived from the set are drawn.
/// Imputed values are drawn with the standard error that the imputation gives them. Coefficients of regressions are not drawn. With missing
/// data the mean of the draws may lie off the point score: the point score takes what the policy says, the draws what is possible.
/// </remarks>
public static class MonteCarlo
{
    /// <summary>The draws behind a probability that a decision needs: its standard error is then at most 0.004.</summary>
    public const int DecisionDraws = 16_384;

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
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(framework);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (countries.IsDefaultOrEmpty) throw new ArgumentException("There are no countries.", nameof(countries));
        var model = new DrawModel(framework, countries, options, Varying.All);
        return Run(model, [.. countries.Select(country => country.Country)], options, progress, cancellation);
    }

    /// <summary>Runs one country from its present state.</summary>
    /// <param name="state">Its state as of the last update. It must not be changed during the call.</param>
    /// <param name="options">What is unsure. Without choices; the errors are those of <see cref="ProbabilityAtLeast"/> at the same seed.</param>
    /// <param name="progress">Is told the share of the draws that is done, about a hundred times, from any thread.</param>
    /// <param name="cancellation">Ends the run early.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    public static CountryDistribution Run(
        ScoreState state, MonteCarloOptions options, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (!options.Choices.IsEmpty) throw new ArgumentException("Choices of method need the country's values.", nameof(options));
        return Run(new DrawModel(state, options), [state.Country?.Code ?? ""], options, progress, cancellation).Countries[0];
    }

    /// <summary>
    /// Gets the probability that a node's score is at or above a value, for a decision: on one thread, by a stated number of draws of observation
    /// errors and missing data. The same state, seed and number give the same bits for ever, so it may stand in a journal.
    /// </summary>
    /// <param name="state">The country's state as of the last update.</param>
    /// <param name="node">The node's number.</param>
    /// <param name="value">A value on the node's scale.</param>
    /// <param name="seed">The seed; see <see cref="Seed.Of(string, int, string, long)"/>.</param>
    /// <param name="draws">How many draws.</param>
    /// <returns>The probability, or null without a score.</returns>
    public static ProbabilityEstimate? ProbabilityAtLeast(ScoreState state, int node, double value, ulong seed, int draws = DecisionDraws)
    {
        ArgumentNullException.ThrowIfNull(state);
        var options = new MonteCarloOptions
        {
            Seed = seed,
            Draws = draws,
            Node = state.Framework.Nodes[node].Code,
            AtLeast = [value],
            Threads = 1,
        };
        return Run(state, options) is { Nominal: not null } distribution ? distribution.AtLeast[0] : null;
    }

    private static MonteCarloResult Run(
        DrawModel model, ImmutableArray<string> codes, MonteCarloOptions options, IProgress<double>? progress, CancellationToken cancellation)
    {
        var scores = codes.Select(_ => new double[options.Draws]).ToArray();
        var ranks = codes.Length > 1 ? new RankCounts(scores) : null;
        new DrawRun(model, options.Seed, options.Draws, options.Threads).Run(
            null, scores, cancellation, progress is null ? null : progress.Report, ranks is null ? null : ranks.Add);
        cancellation.ThrowIfCancellationRequested();
        var summary = new Summary(model, options, ranks);
        return new MonteCarloResult(options.Draws, options.Seed, options.Confidence, summary.Of(codes, scores, cancellation));
    }
}
