using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Compilation;

namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>
/// Every combination of the options of all choices, compiled. The number of a combination is Σ option · stride; without choices there is
/// one alternative, the framework itself.
/// </summary>
internal sealed class Alternatives
{
    /// <summary>More combinations than this are a mistake rather than a question.</summary>
    private const int Most = 1_024;

    private readonly double[][] _bounds;
    private readonly int[] _strides;

    public Alternatives(CompiledFramework nominal, ImmutableArray<MethodChoice> choices)
    {
        (_bounds, _strides) = (new double[choices.Length][], new int[choices.Length]);
        var count = 1;
        for (var choice = 0; choice < choices.Length; choice++)
        {
            var options = choices[choice].Options;
            _strides[choice] = count;
            count *= options.Length;
            if (count > Most)
                throw new ArgumentException($"The choices have more than {Most} combinations.", nameof(choices));
            _bounds[choice] = Bounds([.. options.Select(option => option.Weight)]);
        }

        Frameworks = new CompiledFramework[count];
        for (var number = 0; number < count; number++)
        {
            var model = nominal.Model;
            for (var choice = 0; choice < choices.Length; choice++)
                model = choices[choice].Options[number / _strides[choice] % choices[choice].Options.Length].Apply(model);
            Frameworks[number] = ReferenceEquals(model, nominal.Model) ? nominal : CompiledFramework.Compile(model);
        }
    }

    /// <summary>Gets the combinations.</summary>
    public CompiledFramework[] Frameworks { get; }

    /// <summary>Draws which combination each draw of a block takes.</summary>
    /// <param name="draws">Which draws.</param>
    /// <param name="varies">By choice, whether it is drawn; one that is not stays at its first option.</param>
    /// <param name="shares">Room for a block.</param>
    /// <param name="numbers">Filled with the numbers of the combinations.</param>
    public void Draw(in DrawBlock draws, bool[] varies, Span<double> shares, Span<int> numbers)
    {
        numbers.Clear();
        for (var choice = 0; choice < _bounds.Length; choice++)
        {
            var bounds = _bounds[choice];
            if (bounds.Length == 1 || !varies[choice])
                continue;
            draws.Choices(choice).Fill(shares, draws.First);
            for (var i = 0; i < numbers.Length; i++)
            {
                var option = 0;
                while (shares[i] >= bounds[option])
                    option++;
                numbers[i] += option * _strides[choice];
            }
        }
    }

    /// <summary>The upper ends of the options' shares of 0 to 1; the last is 1 whatever the rounding.</summary>
    private static double[] Bounds(double[] weights)
    {
        var (bounds, sum, total) = (new double[weights.Length], 0.0, weights.Sum());
        for (var i = 0; i < weights.Length; i++)
            bounds[i] = (sum += weights[i]) / total;
        bounds[^1] = 1;
        return bounds;
    }
}
