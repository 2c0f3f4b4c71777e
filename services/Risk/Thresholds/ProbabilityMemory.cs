using EarlyWarning.Catalogue.Watching;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Risk.Thresholds;

/// <summary>
/// Remembers in which states a threshold's probability sufficed and in which it did not, and by how much, so that a sequence is not drawn
/// again at each moment: what sufficed goes on to suffice where values have moved only the way that makes every draw surer, or no draw by
/// more than there was to
/// spare; and the other way round. It never answers otherwise than the draws would; where it cannot know, it does not answer.
/// </summary>
internal sealed class ProbabilityMemory
{
    private const int Capacity = 64;

    /// <summary>How often what there is to spare is halved to find it.</summary>
    private const int Halvings = 16;

    /// <summary>More than sums of rounded products err by, in points.</summary>
    private const double Rounding = 1e-6;

    /// <summary>No draw lies further from its mean than this many standard errors, as a normal number of 53 random bits.</summary>
    private const double FarthestDraw = 8.3;

    /// <summary>
    /// Stands for an error that grows with the value so slowly that every draw still goes the way of the value, and at most twice as far.
    /// </summary>
    private const double Following = -1;

    /// <summary>Stands for an error in steps, of which that is not sure.</summary>
    private const double Stepping = -2;

    private readonly List<Remembered> _remembered = [];
    private readonly CompiledFramework _framework;
    private readonly int _first;

    /// <summary>1 where a higher line makes the condition surer, −1 where a lower one does, 0 where there is none.</summary>
    private readonly int _line;

    /// <summary>
    /// By leaf of the target: by how much one more makes every draw surer at the most, in points; see <see cref="Effects"/>.
    /// </summary>
    private readonly double[] _effects;

    public ProbabilityMemory(CompiledFramework framework, Target target, V1.Condition condition)
    {
        _framework = framework;
        (_first, var count) = condition == V1.Condition.Level ? (0, framework.LeafCount) : target.Leaves(framework);
        _line = condition switch
        {
            V1.Condition.Level => 0,
            V1.Condition.Below => 1,
            _ => -1,
        };

        // The level may be another node's at another value, of which other errors may be known.
        _effects =
            condition == V1.Condition.Level
                ? new double[count]
                : [.. Effects.Of(framework, target).Skip(_first).Take(count).Select(effect => effect == 0 ? 0 : -_line * effect)];
    }

    /// <summary>Whether the probability suffices in a state; <see langword="null"/> where only draws can tell.</summary>
    public bool? Find(ScoreState state, double line)
    {
        if (_remembered.Count == 0)
        {
            return null;
        }

        var asked = Of(state, line);
        foreach (var known in _remembered)
        {
            if ((known.Suffices ? Surer(asked, known) : Surer(known, asked)) <= known.Spare)
            {
                return known.Suffices;
            }
        }

        return null;
    }

    /// <summary>Remembers what the draws of a state say, and returns it.</summary>
    /// <param name="state">The state.</param>
    /// <param name="line">The line.</param>
    /// <param name="suffices">Says by the draws whether the probability suffices at a line.</param>
    public bool Add(ScoreState state, double line, Func<double, bool> suffices)
    {
        var told = Of(state, line) with { Suffices = suffices(line) };
        var added = told with { Spare = Spare(told, suffices) };
        _remembered.RemoveAll(known =>
            known.Suffices == added.Suffices
            && known.Spare <= added.Spare
            && (added.Suffices ? Surer(known, added) : Surer(added, known)) <= 0
        );
        if (_remembered.Count == Capacity)
        {
            _remembered.RemoveAt(0);
        }

        _remembered.Add(added);
        return added.Suffices;
    }

    /// <summary>
    /// By how much all draws could move without another answer. What stands for missing children may move in jumps, so nothing is said
    /// then.
    /// </summary>
    private double Spare(Remembered told, Func<double, bool> suffices)
    {
        if (_line == 0 || told.Values.Any(double.IsNaN))
        {
            return 0;
        }

        var (spare, step) = (0.0, 100.0);
        for (var i = 0; i < Halvings; i++, step /= 2)
        {
            if (suffices(told.Line + ((told.Suffices ? -_line : _line) * (spare + step))) == told.Suffices)
            {
                spare += step;
            }
        }

        return Math.Max(0, spare - Rounding);
    }

    /// <summary>
    /// By how many points a draw of one state may at the most be surer than the same draw of another; infinite where that is not known.
    /// </summary>
    private double Surer(Remembered other, Remembered one)
    {
        if (_line == 0 && one.Line != other.Line)
        {
            return double.PositiveInfinity;
        }

        var surer = Math.Max(0, _line * (one.Line - other.Line));
        for (var i = 0; i < _effects.Length; i++)
        {
            var (to, from, error) = (one.Values[i], other.Values[i], one.Errors[i]);
            if (!error.Equals(other.Errors[i]))
            {
                return double.PositiveInfinity;
            }

            if (to.Equals(from))
            {
                continue;
            }

            if (_effects[i] == 0 || error == Stepping || double.IsNaN(to - from))
            {
                return double.PositiveInfinity;
            }

            surer += Math.Max(0, _effects[i] * (to - from)) * (error == Following ? 2 : 1);
        }

        return surer;
    }

    private Remembered Of(ScoreState state, double line)
    {
        var (values, errors) = (new double[_effects.Length], new double[_effects.Length]);
        for (var i = 0; i < values.Length; i++)
        {
            var leaf = _first + i;
            values[i] = state.LeafValue(leaf) ?? double.NaN;
            errors[i] =
                double.IsNaN(values[i]) ? double.NaN
                : !state.LeafErrorIsDefault(leaf) ? state.LeafStandardError(leaf) ?? double.NaN
                : _framework.Leaves[leaf].DefaultError switch
                {
                    NormalError { Relative: <= 1 / FarthestDraw } => Following,
                    NormalError => state.LeafStandardError(leaf) ?? double.NaN,
                    _ => Stepping,
                };
        }

        return new(values, errors, line);
    }

    /// <summary>A state of which draws told.</summary>
    /// <param name="Values">By leaf of the target; NaN for none.</param>
    /// <param name="Errors">By leaf: the standard error, NaN where it is not known, or what stands for one.</param>
    /// <param name="Line">The line.</param>
    private sealed record Remembered(double[] Values, double[] Errors, double Line)
    {
        /// <summary>What the draws told.</summary>
        public bool Suffices { get; init; }

        /// <summary>
        /// By how many points every draw could be less sure, or surer where it does not suffice, and they would tell the same.
        /// </summary>
        public double Spare { get; init; }
    }
}
