using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Uncertainty;

/// <summary>
/// Variance-based sensitivity over Saltelli's design: two independent samples A and B of N points each, and for each input i the sample
/// ABᵢ, which is A with the input i taken from B. Source: A. Saltelli and others, Computer Physics Communications 181 (2010); COINr's
/// SA_sample
/// and SA_estimate, of which it has the order of the design.
/// </summary>
public static class Sobol
{
    /// <summary>Analyses a function of independent inputs that are uniform from 0 to 1.</summary>
    /// <param name="inputs">The inputs' names.</param>
    /// <param name="function">The function of one point.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends the analysis early.</param>
    /// <returns>The indices.</returns>
    public static SobolAnalysis Analyse(
        ImmutableArray<string> inputs,
        Func<double[], double> function,
        SobolOptions options,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var outputs = new double[(inputs.Length + 2) * options.Samples];
        var point = new double[inputs.Length];
        for (var row = 0; row < inputs.Length + 2; row++)
        {
            for (var n = 0; n < options.Samples; n++)
            {
                cancellation.ThrowIfCancellationRequested();
                for (var i = 0; i < point.Length; i++)
                    point[i] = new RandomStream(
                        options.Seed,
                        (uint)i,
                        0,
                        SaltelliDesign.UsesB(row, i) ? Purpose.SampleB : Purpose.SampleA
                    ).At(n);
                outputs[(row * options.Samples) + n] = function(point);
            }
        }

        return Estimate(inputs, outputs, options, cancellation);
    }

    /// <summary>Estimates indices from the outputs of a design that was run elsewhere.</summary>
    /// <param name="inputs">The inputs' names.</param>
    /// <param name="outputs">N outputs of A, N of B, then N of each ABᵢ. A point at which any of them is NaN is left out.</param>
    /// <param name="options">How; its number of points is N.</param>
    /// <param name="cancellation">Ends the estimation early.</param>
    /// <returns>The indices.</returns>
    /// <exception cref="ArgumentException">There are not N·(d + 2) outputs.</exception>
    public static SobolAnalysis Estimate(
        ImmutableArray<string> inputs,
        ReadOnlySpan<double> outputs,
        SobolOptions options,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (outputs.Length != (inputs.Length + 2) * options.Samples)
            throw new ArgumentException(
                $"{options.Samples} points and {inputs.Length} inputs make no {outputs.Length} outputs.",
                nameof(outputs)
            );
        return new SobolEstimation(inputs, outputs, options).Run(cancellation);
    }
}
