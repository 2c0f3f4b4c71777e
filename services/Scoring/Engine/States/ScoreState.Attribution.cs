using EarlyWarning.Scoring.Engine.Attribution;
using EarlyWarning.Scoring.Engine.Compilation;

namespace EarlyWarning.Scoring.Engine.States;

/// <content>
/// Which leaf is behind how much of a score, by Shapley values; see <see cref="Attributor"/>. For weighted arithmetic means that is the
/// usual w·Δx, for a regression the log-odds' parts scaled to the probability. For a geometric mean it is not the logarithmic mean Divisia
/// method, by
/// which two factors are paid for their logarithms: it pays each for what it adds, half of the time first and half of the time last.
/// </content>
public sealed partial class ScoreState
{
    private Comparison? _comparison;

    /// <summary>
    /// Tells how much of the score each leaf makes at the mean of its distribution: <see cref="BaselineScore"/> plus the sum, plus
    /// <see cref="FromMissing"/> and <see cref="FromUncertainty"/>, is the score. A missing leaf whose weight the others took has 0; a
    /// value held in place of a missing node is spread over the node's leaves by weight; an indicator that only divides has 0, because the
    /// quotient is the
    /// indicator's that is divided.
    /// </summary>
    /// <param name="perLeaf">Filled by leaf number; all 0 without a score.</param>
    public void Contributions(Span<double> perLeaf) => NodeContributions(Framework.Root, perLeaf);

    /// <summary>Tells how much of the score each leaf makes, measured from a baseline.</summary>
    /// <param name="perLeaf">Filled by leaf number; all 0 without a score.</param>
    /// <param name="baseline">What they are measured from.</param>
    /// <param name="standardErrors">
    /// Filled by leaf number: 0 but where a node has more than 16 children that a sum does not bind, whose parts are sampled. Empty for
    /// none.
    /// </param>
    public void Contributions(Span<double> perLeaf, Baseline baseline, Span<double> standardErrors = default) =>
        NodeContributions(Framework.Root, perLeaf, baseline, standardErrors);

    /// <summary>
    /// Tells how much of a node's score each leaf below it makes, as <see cref="Contributions(Span{double})"/> does for the root: the
    /// node's
    /// <see cref="NodeBaselineScore"/> plus the sum, plus <see cref="FromMissing"/> and <see cref="FromUncertainty"/>, is its score.
    /// </summary>
    /// <param name="node">The node's number.</param>
    /// <param name="perLeaf">Filled by leaf number; 0 for leaves elsewhere, and all 0 without a score.</param>
    /// <param name="baseline">What they are measured from.</param>
    /// <param name="standardErrors">Filled by leaf number, as for the root. Empty for none.</param>
    public void NodeContributions(
        int node,
        Span<double> perLeaf,
        Baseline baseline = Baseline.LeastRisk,
        Span<double> standardErrors = default
    )
    {
        Framework.Require(baseline);
        Prepare(perLeaf, standardErrors);
        if (double.IsNaN(ScoreOf(node)))
            return;
        var sides = Now();
        sides.From(baseline, _row);
        Attribute(sides, node, perLeaf, standardErrors);
    }

    /// <summary>Gets what contributions are measured from. It has the same gaps as the state.</summary>
    /// <param name="baseline">Which baseline.</param>
    /// <returns>
    /// Its score: with a complete state, and with goalposts always, that of a state that has every value at the baseline.
    /// </returns>
    public double BaselineScore(Baseline baseline = Baseline.LeastRisk) => NodeBaselineScore(Framework.Root, baseline);

    /// <summary>Gets what a node's contributions are measured from.</summary>
    /// <param name="node">The node's number.</param>
    /// <param name="baseline">Which baseline.</param>
    /// <returns>The node's score there.</returns>
    public double NodeBaselineScore(int node, Baseline baseline = Baseline.LeastRisk)
    {
        Framework.Require(baseline);
        var sides = Now();
        sides.From(baseline, _row);
        return sides.Then.Scores[node];
    }

    /// <summary>
    /// Tells what missing children did to a node: that they are drawn towards the middle of their scale, by half a count at either end,
    /// instead of standing exactly where the others do.
    /// </summary>
    /// <param name="node">The node's number.</param>
    /// <returns>The part of its score; 0 with nothing missing, and without a score.</returns>
    public double FromMissing(int node) => double.IsNaN(ScoreOf(node)) ? 0 : _scores[node] - Now().Now.Scores[node];

    /// <summary>
    /// Tells what uncertainty did to a node: the mean of its distribution less the aggregate of the means below it. It is 0 for a framework
    /// that is linear throughout, and where nothing is uncertain.
    /// </summary>
    /// <param name="node">The node's number.</param>
    /// <returns>The part of its score; 0 without one.</returns>
    public double FromUncertainty(int node) => ScoreOf(node) is var score && double.IsNaN(score) ? 0 : score - _scores[node];

    /// <summary>
    /// Tells how much each leaf moved the score since another state: the sum, plus what <see cref="FromMissing"/> and
    /// <see cref="FromUncertainty"/>
    /// changed by, is the difference of the scores. A leaf that came or went
    /// moved it by its distance from the value that stood, or stands, in its place (the held one, or the mean of its node without it).
    /// Where a quotient moved, the indicator and its denominator share it; where an imputed value did, it is its leaf's.
    /// </summary>
    /// <param name="earlier">The earlier state, of the same framework.</param>
    /// <param name="perLeaf">Filled by leaf number; all 0 where a score is lacking.</param>
    /// <param name="standardErrors">Filled by leaf number, as for contributions. Empty for none.</param>
    /// <returns>Whether both states have a score, so that there is a difference.</returns>
    public bool TryAttributeChange(ScoreState earlier, Span<double> perLeaf, Span<double> standardErrors = default) =>
        TryAttributeNodeChange(Framework.Root, earlier, perLeaf, standardErrors);

    /// <summary>Tells how much each leaf moved a node's score, as <see cref="TryAttributeChange"/> does for the root.</summary>
    /// <param name="node">The node's number.</param>
    /// <param name="earlier">The earlier state, of the same framework.</param>
    /// <param name="perLeaf">Filled by leaf number; all 0 where a score is lacking.</param>
    /// <param name="standardErrors">Filled by leaf number, as for contributions. Empty for none.</param>
    /// <returns>Whether the node has a score in both states.</returns>
    public bool TryAttributeNodeChange(int node, ScoreState earlier, Span<double> perLeaf, Span<double> standardErrors = default)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        RequireSameFramework(earlier);
        Prepare(perLeaf, standardErrors);
        if (double.IsNaN(ScoreOf(node)) || double.IsNaN(earlier.ScoreOf(node)))
            return false;
        var sides = Now();
        sides.Then.Fill(earlier._terms, earlier._scores, earlier._row);
        sides.From(earlier, this, _row);
        Attribute(sides, node, perLeaf, standardErrors);
        return true;
    }

    private void Prepare(Span<double> perLeaf, Span<double> standardErrors)
    {
        if (perLeaf.Length < Framework.LeafCount)
            throw new ArgumentException($"There are {Framework.LeafCount} leaves and room for {perLeaf.Length}.", nameof(perLeaf));
        if (!standardErrors.IsEmpty && standardErrors.Length < Framework.LeafCount)
            throw new ArgumentException(
                $"There are {Framework.LeafCount} leaves and room for {standardErrors.Length}.",
                nameof(standardErrors)
            );
        perLeaf.Clear();
        standardErrors.Clear();
    }

    private Comparison Now()
    {
        var sides = _comparison ??= new Comparison(_layout);
        sides.Now.Fill(_terms, _scores, _row);
        return sides;
    }

    private void Attribute(Comparison sides, int node, Span<double> perLeaf, Span<double> standardErrors)
    {
        new Attributor(Framework, sides, perLeaf, standardErrors).Attribute(node, new Attributor.Multiplier(1));
        foreach (ref var error in standardErrors)
            error = Math.Sqrt(error);
    }
}
