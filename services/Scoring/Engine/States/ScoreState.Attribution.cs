using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.States;

/// <content>
/// Which leaf is behind how much of a score. Between two states every function on the way from a leaf to the root is replaced by its chord,
/// and chords multiply down the tree, so the parts add up to the whole difference. For weighted arithmetic means this is the usual w·Δx;
/// for geometric means it is the logarithmic mean Divisia method, and for a regression the log-odds' parts scaled to the probability.
/// Sources: B. W. Ang, Energy Policy 32 (2004), the LMDI; A. Shrikumar, P. Greenside, A. Kundaje, "Learning Important Features Through
/// Propagating Activation Differences" (2017), section 3.5.1, the chain of multipliers (Rescale rule).
/// </content>
public sealed partial class ScoreState
{
    /// <summary>
    /// Tells how much of the score each leaf makes: <see cref="CompiledFramework.BaselineScore"/> plus the sum is the score. A missing leaf
    /// whose weight the others took has 0; a value held in place of a missing node is spread over the node's leaves by weight.
    /// </summary>
    /// <param name="perLeaf">Filled by leaf number; all 0 without a score.</param>
    public void Contributions(Span<double> perLeaf) => NodeContributions(Framework.Root, perLeaf);

    /// <summary>
    /// Tells how much of a node's score each leaf below it makes, as <see cref="Contributions"/> does for the root: the node's
    /// <see cref="CompiledFramework.NodeBaseline"/> plus the sum is its score.
    /// </summary>
    /// <param name="node">The node's number.</param>
    /// <param name="perLeaf">Filled by leaf number; 0 for leaves elsewhere, and all 0 without a score.</param>
    public void NodeContributions(int node, Span<double> perLeaf)
    {
        Prepare(perLeaf);
        if (!double.IsNaN(_scores[node])) Attribute(node, 1, null, perLeaf);
    }

    /// <summary>
    /// Tells how much each leaf moved the score since another state: the sum is the difference of the scores. A leaf that came or went
    /// moved it by its distance from the value that stood, or stands, in its place (the held one, or the mean of its node without it).
    /// </summary>
    /// <param name="earlier">The earlier state, of the same framework.</param>
    /// <param name="perLeaf">Filled by leaf number; all 0 where a score is lacking.</param>
    /// <returns>Whether both states have a score, so that there is a difference.</returns>
    public bool TryAttributeChange(ScoreState earlier, Span<double> perLeaf) =>
        TryAttributeNodeChange(Framework.Root, earlier, perLeaf);

    /// <summary>Tells how much each leaf moved a node's score, as <see cref="TryAttributeChange"/> does for the root.</summary>
    /// <param name="node">The node's number.</param>
    /// <param name="earlier">The earlier state, of the same framework.</param>
    /// <param name="perLeaf">Filled by leaf number; all 0 where a score is lacking.</param>
    /// <returns>Whether the node has a score in both states.</returns>
    public bool TryAttributeNodeChange(int node, ScoreState earlier, Span<double> perLeaf)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        RequireSameFramework(earlier);
        Prepare(perLeaf);
        if (double.IsNaN(_scores[node]) || double.IsNaN(earlier._scores[node])) return false;
        Attribute(node, 1, earlier, perLeaf);
        return true;
    }

    private void Prepare(Span<double> perLeaf)
    {
        if (perLeaf.Length < Framework.LeafCount)
            throw new ArgumentException($"There are {Framework.LeafCount} leaves and room for {perLeaf.Length}.", nameof(perLeaf));
        perLeaf.Clear();
    }

    /// <summary>Hands a node's difference from the earlier state, or from the baseline if there is none, to its children.</summary>
    private void Attribute(int node, double multiplier, ScoreState? earlier, Span<double> perLeaf)
    {
        var plan = _layout.NodePlans[node];
        var (linear, score) = earlier is null
            ? (plan.BaselineLinear, plan.BaselineScore)
            : (earlier._linears[node], earlier._scores[node]);
        multiplier *= Links.BackSecant(plan.Link, linear, score, _linears[node], _scores[node]);
        if (plan.IsMean) multiplier /= UsedWeight(plan, earlier);
        for (var slot = plan.First; slot < plan.End; slot++)
        {
            var now = TermOrHold(slot);
            var then = earlier is null ? _layout.Baselines[slot] : earlier.TermOrHold(slot);
            if (double.IsNaN(now) && (earlier is null || double.IsNaN(then))) continue;

            // Leaving a child out is the same as putting the mean of the others in its place.
            var difference = (double.IsNaN(now) ? _linears[node] : now) - (double.IsNaN(then) ? linear : then);
            var weight = multiplier * _layout.Weights[slot];
            var occupant = _layout.Occupants[slot];
            if (occupant < 0) perLeaf[~occupant] = weight * difference;
            else Descend(occupant, plan.Link, weight, difference, earlier, perLeaf);
        }
    }

    private void Descend(int node, Link link, double weight, double difference, ScoreState? earlier, Span<double> perLeaf)
    {
        var then = earlier is null ? _layout.NodePlans[node].BaselineScore : earlier._scores[node];
        var now = _scores[node];
        if (double.IsNaN(then) || double.IsNaN(now))
        {
            if (weight * difference != 0) Spread(node, weight * difference, earlier, perLeaf);
            return;
        }

        var (mirror, sign) = _layout.Orientations[node];
        Attribute(node, weight * sign * Links.ForwardSecant(link, mirror + (sign * then), mirror + (sign * now)), earlier, perLeaf);
    }

    /// <summary>
    /// The part of a node that has a value only now, only then, or a held one: by weight over its leaves, of which against an earlier state
    /// only those count that came or went, because they made the difference.
    /// </summary>
    private void Spread(int node, double part, ScoreState? earlier, Span<double> perLeaf)
    {
        var info = Framework.Nodes[node];
        var total = 0.0;
        for (var leaf = info.FirstLeaf; leaf < info.FirstLeaf + info.LeafCount; leaf++)
            if (Counts(leaf)) total += Framework.Leaves[leaf].EffectiveWeight;
        for (var leaf = info.FirstLeaf; leaf < info.FirstLeaf + info.LeafCount; leaf++)
            if (Counts(leaf)) perLeaf[leaf] = part * (Framework.Leaves[leaf].EffectiveWeight / total);

        bool Counts(int leaf) => earlier is null || double.IsNaN(_values[leaf]) != double.IsNaN(earlier._values[leaf]);
    }

    /// <summary>The weight of the children that have a value now or had one then.</summary>
    private double UsedWeight(NodePlan plan, ScoreState? earlier)
    {
        var weight = 0.0;
        for (var slot = plan.First; slot < plan.End; slot++)
        {
            var used = !double.IsNaN(TermOrHold(slot)) || (earlier is not null && !double.IsNaN(earlier.TermOrHold(slot)));
            if (used) weight += _layout.Weights[slot];
        }

        return weight;
    }

    private double TermOrHold(int slot) => double.IsNaN(_terms[slot]) ? _layout.Holds[slot] : _terms[slot];
}
