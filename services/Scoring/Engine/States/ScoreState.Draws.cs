using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

namespace EarlyWarning.Scoring.Engine.States;

/// <content>
/// The means of nodes that are not linear. Where something below such a node is uncertain its score is the mean of 256 fixed draws, which
/// are made when a score is asked for and kept until something changes; nodes above it that are linear take it over. With nothing uncertain
/// below, and in a
/// framework that is linear throughout, every score is exact already.
/// </content>
public sealed partial class ScoreState
{
    /// <summary>By node: the mean of its distribution, once it is asked for.</summary>
    private readonly double[] _means;

    private double MeanOf(int node)
    {
        if (_layout.IsLinear)
            return _scores[node];
        if (HasMoved)
            Settle();
        return _means[node];
    }

    private void Settle()
    {
        _scores.CopyTo(_means, 0);
        HasMoved = false;
        if (!NodeMeans.Draw(this, _means))
            return;
        for (var node = 0; node < _means.Length; node++)
            if (_layout.NodePlans[node].IsLinear && !double.IsNaN(_scores[node]))
                Relay(node);
    }

    /// <summary>Takes the drawn means of nodes below into a linear node.</summary>
    private void Relay(int node)
    {
        var plan = _layout.NodePlans[node];
        Span<double> terms = stackalloc double[Math.Min(OnStack, plan.End - plan.First)];
        if (terms.Length < plan.End - plan.First)
            terms = new double[plan.End - plan.First];
        Hold(plan, terms);
        var moved = false;
        for (var slot = plan.First; slot < plan.End; slot++)
        {
            if (_layout.Occupants[slot] is not (>= 0 and var child) || _means[child].Equals(_scores[child]))
                continue;
            terms[slot - plan.First] = _layout.Counted(child, _means[child]);
            moved = true;
        }

        if (moved)
            _means[node] = plan.ScoreOf(Aggregator.Whole(_layout, plan, terms, _row));
    }
}
