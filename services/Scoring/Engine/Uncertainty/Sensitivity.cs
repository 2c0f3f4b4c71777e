using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

namespace EarlyWarning.Scoring.Engine.Uncertainty;

/// <summary>
/// Which source of uncertainty makes how much of the variance of scores and ranks: Sobol indices over Saltelli's design, in which an input
/// may be a whole group of random numbers. Sources: M. Saisana, A. Saltelli, S. Tarantola, Journal of the Royal Statistical Society A 168
/// (2005);
/// A. Saltelli and others, Computer Physics Communications 181 (2010); COINr's get_sensitivity.
/// </summary>
public static class Sensitivity
{
    /// <summary>Analyses countries under a framework.</summary>
    /// <param name="framework">The framework as it is.</param>
    /// <param name="countries">The countries; ranks are among them.</param>
    /// <param name="options">What is asked.</param>
    /// <param name="progress">Is told the share of the design that is run, about a hundred times a row of it, from any thread.</param>
    /// <param name="cancellation">Ends the analysis early.</param>
    /// <returns>The results in the order of the outputs.</returns>
    /// <exception cref="ArgumentException">
    /// An option makes no sense, a source is in two factors, or an output names no country of the run.
    /// </exception>
    /// <exception cref="Validation.InvalidModelException">A combination of choices makes an invalid framework.</exception>
    /// <exception cref="OperationCanceledException">The analysis was ended early.</exception>
    public static ImmutableArray<SensitivityResult> Analyse(
        CompiledFramework framework,
        ImmutableArray<CountryValues> countries,
        SensitivityOptions options,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(framework);
        ArgumentNullException.ThrowIfNull(options);
        Check(countries, options);
        var kept = Kept(countries, options);
        var factors = options.Factors;
        var varying = new Varying(
            indicator => factors.Any(factor => factor.HasValue(framework, indicator)),
            element => factors.Any(factor => factor.HasWeight(framework, element)),
            choice => factors.Any(factor => factor.HasChoice(choice)),
            node => factors.Any(factor => factor.HasMissing(framework, node))
        );
        var model = new DrawModel(framework, kept, options.Uncertainties, varying, cancellation);
        var groups = new FactorGroups(framework, options, model.Sources);
        var outputs = new OutputRows(model, kept, options);
        var drawn = DrawnScores.Of(model.DrawsLevels, kept.Length, options.Sobol.Samples);
        var run = new DrawRun(model, options.Sobol.Seed, options.Sobol.Samples, options.Uncertainties.Threads);
        var rows = factors.Length + 2;
        for (var row = 0; row < rows; row++)
        {
            var at = row;
            run.Run(
                groups.SelectionOf(row),
                drawn,
                cancellation,
                progress is null ? null : share => progress.Report((at + share) / rows),
                (workspace, first, end) => outputs.Add(at, drawn, workspace, first, end)
            );
        }

        return
        [
            .. options.Outputs.Select(
                (output, i) =>
                    new SensitivityResult(
                        output,
                        Sobol.Estimate([.. factors.Select(factor => factor.Name)], outputs.Values[i], options.Sobol, cancellation)
                    )
            ),
        ];
    }

    private static void Check(ImmutableArray<CountryValues> countries, SensitivityOptions options)
    {
        options.Uncertainties.Check();
        options.Sobol.Check();
        if (countries.IsDefaultOrEmpty)
            throw new ArgumentException("There are no countries.", nameof(countries));
        if (options.Factors.IsDefaultOrEmpty || options.Factors.Length < 2)
            throw new ArgumentException("Of one input alone there is nothing to split.", nameof(options));
        if (options.Factors.Select(factor => factor.Name).Distinct(StringComparer.Ordinal).Count() != options.Factors.Length)
            throw new ArgumentException("Two factors have one name.", nameof(options));
        if (options.Outputs.IsDefaultOrEmpty)
            throw new ArgumentException("There is no output.", nameof(options));
        foreach (var output in options.Outputs)
        {
            if (output.Kind != SensitivityOutputKind.MeanRankShift && countries.All(country => country.Country != output.Country))
                throw new ArgumentException($"There is no country \"{output.Country}\" in the analysis.", nameof(options));
        }
    }

    /// <summary>Where only scores are asked for, the other countries need not be drawn.</summary>
    private static ImmutableArray<CountryValues> Kept(ImmutableArray<CountryValues> countries, SensitivityOptions options) =>
        options.Outputs.All(output => output.Kind == SensitivityOutputKind.Score)
            ? [.. countries.Where(country => options.Outputs.Any(output => output.Country == country.Country))]
            : countries;
}
