using EarlyWarning.Contracts.Catalogue.Watching;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Risk.Thresholds;

/// <summary>
/// Remembers in which states a threshold's probability sufficed and in which it did not, so that a sequence is not drawn again at each moment: what
/// sufficed goes on to suffice where values have moved only the way that makes every draw surer, and what did not suffice does not where they have moved
/// only the other way. It never answers otherwise than the draws would; where it cannot know, it does not answer.
/// </summary>
internal sealed class ProbabilityMemory
{
    private const int Capacity = 64;

    /// <summary>No draw lies further from its mean than this many standard errors, as a normal number of 53 random bits.</summary>
    private const double FarthestDraw = 8.3;

    /// <summary>Stands for an error that grows with the value so slowly that every draw still goes the way of the value.</summary>
    private const double Following = -1;

    /// <summary>Stands for an error in steps, of which that is not sure.</summary>
    private const double Stepping = -2;

    private readonly List<Remembered> _remembered = [];
    private readonly CompiledFramework _framework;
    private readonly int _first;
    private readonly int _count;

    /// <summary>1 where a higher line makes the condition surer, −1 where a lower one does, 0 where there is none.</summary>
    private readonly int _line;

    /// <summary>By leaf of the target: 1 where a higher value makes the condition surer, −1 where a lower one does, 0 where neither is sure.</summary>
    private readonly int[] _effects;

    public ProbabilityMemory(CompiledFramework framework, Target target, V1.Condition condition)
    {
        _framework = framework;
        (_first, _count) = condition == V1.Condition.Level ? (0, framework.LeafCount) : target.Leaves(framework);
        _line = condition switch { V1.Condition.Level => 0, V1.Condition.Below => 1, _ => -1 };

        // The level may be another node's at another value, of which other errors may be known.
        var effects = condition == V1.Condition.Level ? new int[framework.LeafCount] : Effects.Of(framework, target);
        _effects = [.. effects.Skip(_first).Take(_count).Select(effect => -_line * effect)];
    }

    /// <summary>Whether the probability suffices in a state; <see langword="null"/> where only draws can tell.</summary>
    public bool? Find(ScoreState state, double line)
    {
        if (_remembered.Count == 0)
        {
            return null;
        }

        var asked = Of(state, line, false);
        foreach (var known in _remembered)
        {
            if (known.Suffices ? IsAsSure(asked, known) : IsAsSure(known, asked))
            {
                return known.Suffices;
            }
        }

        return null;
    }

    /// <summary>Remembers what the draws of a state said.</summary>
    public void Add(ScoreState state, double line, bool suffices)
    {
        var added = Of(state, line, suffices);
        _remembered.RemoveAll(known => known.Suffices == suffices && (suffices ? IsAsSure(known, added) : IsAsSure(added, known)));
        if (_remembered.Count == Capacity)
        {
            _remembered.RemoveAt(0);
        }

        _remembered.Add(added);
    }

    /// <summary>Whether every draw of one state makes the condition at least as sure as the same draw of another.</summary>
    private bool IsAsSure(Remembered one, Remembered other)
    {
        if (_line == 0 ? one.Line != other.Line : _line * (one.Line - other.Line) < 0)
        {
            return false;
        }

        for (var i = 0; i < _count; i++)
        {
            if (!one.Errors[i].Equals(other.Errors[i]))
            {
                return false;
            }

            var (a, b) = (one.Values[i], other.Values[i]);
            if (!a.Equals(b) && !(_effects[i] * (a - b) > 0 && one.Errors[i] != Stepping))
            {
                return false;
            }
        }

        return true;
    }

    private Remembered Of(ScoreState state, double line, bool suffices)
    {
        var (values, errors) = (new double[_count], new double[_count]);
        for (var i = 0; i < _count; i++)
        {
            values[i] = state.LeafValue(_first + i) ?? double.NaN;
            errors[i] = !double.IsFinite(values[i]) ? double.NaN : state.LeafErrorIsDefault(_first + i)
                ? _framework.Leaves[_first + i].DefaultError switch
                {
                    NormalError { Relative: <= 1 / FarthestDraw } => Following,
                    NormalError => state.LeafStandardError(_first + i) ?? double.NaN,
                    _ => Stepping,
                }
                : state.LeafStandardError(_first + i) ?? double.NaN;
        }

        return new(values, errors, line, suffices);
    }

    /// <summary>A state of which draws told.</summary>
    /// <param name="Values">By leaf of the target; NaN for none.</param>
    /// <param name="Errors">By leaf: the standard error, NaN where it is not known, or what stands for one.</param>
    /// <param name="Line">The line.</param>
    /// <param name="Suffices">What the draws told.</param>
    private sealed record Remembered(double[] Values, double[] Errors, double Line, bool Suffices);
}
