using EarlyWarning.Scoring.Engine.Compilation;

namespace EarlyWarning.Scoring.Engine.Aggregating;

/// <content>How a node is computed.</content>
public abstract partial class AggregateState
{
    /// <summary>So that shares which add up to the floor on paper meet it in floating point too.</summary>
    private protected const double FloorTolerance = 1e-12;

    /// <summary>More children than this are held on the heap where a rule needs them side by side.</summary>
    private protected const int OnStack = 256;

    /// <summary>
    /// One node from its children's means: h(Σ w·g(x) / Σ w) over what is there, held, or missing and so near the others, a regression's
    /// sum, or what the order of the children says. Source: OECD and JRC, Handbook (2008), section 6.3, and for missing children section 3.
    /// </summary>
    private void Evaluate(int node)
    {
        var plan = _layout.NodePlans[node];
        double sum = 0,
            weight = 0,
            squares = 0,
            absent = 0,
            covered = 0,
            backed = 0;
        var (present, incomplete) = (0, false);
        var count = plan.End - plan.First;
        var terms = _terms.AsSpan(plan.First, count);
        var weights = _layout.Weights.AsSpan(plan.First, count);
        var shares = _layout.Shares.AsSpan(plan.First, count);
        var coverage = _slotCoverage.AsSpan(plan.First, count);
        var backing = _slotBacking.AsSpan(plan.First, count);
        for (var i = 0; i < terms.Length; i++)
        {
            covered += shares[i] * coverage[i];
            var term = terms[i];
            if (double.IsNaN(term))
            {
                term = _layout.Holds[plan.First + i];
                if (double.IsNaN(term))
                {
                    incomplete |= shares[i] != 0;
                    absent += weights[i];
                    continue;
                }
            }
            else
            {
                backed += shares[i] * backing[i];
                present++;
            }

            sum += weights[i] * term;
            weight += weights[i];
            squares += weights[i] * weights[i];
        }

        backed /= plan.TotalShare;
        var hasScore =
            !(plan.NeedsAll && incomplete)
            && backed >= plan.CoverageFloor - FloorTolerance
            && present >= plan.LeastPresent
            && (weight > 0 || plan.Rule == NodeRule.Regression);
        var linear = !hasScore
            ? double.NaN
            : plan.Rule switch
            {
                NodeRule.Mean when absent > 0 && plan.DrawsMissing => (
                    sum + (absent * plan.TermOf(plan.MissingMean(sum / weight, weight, squares)))
                ) / (weight + absent),
                NodeRule.Mean => sum / weight,
                NodeRule.Regression => plan.Products.Length == 0 ? plan.Intercept + sum : plan.Intercept + sum + Products(plan),
                _ => Whole(plan),
            };
        Settle(node, plan, linear, covered / plan.TotalShare, backed);
    }

    private void Settle(int node, NodePlan plan, double linear, double coverage, double backing)
    {
        var score = plan.ScoreOf(linear);
        _linears[node] = linear;
        _scores[node] = score;
        _coverage[node] = coverage;
        _backing[node] = backing;
        if (plan.Slot < 0)
            return;
        var parent = _layout.Owners[plan.Slot];
        Put(plan.Slot, parent, _layout.NodePlans[parent].TermOf(_layout.Counted(node, score)), coverage, backing);
    }

    private double Products(NodePlan plan)
    {
        Span<double> terms = stackalloc double[Math.Min(OnStack, plan.End - plan.First)];
        if (terms.Length < plan.End - plan.First)
            terms = new double[plan.End - plan.First];
        Hold(plan, terms);
        return Aggregator.Products(plan, terms);
    }

    private double Whole(NodePlan plan)
    {
        Span<double> terms = stackalloc double[Math.Min(OnStack, plan.End - plan.First)];
        if (terms.Length < plan.End - plan.First)
            terms = new double[plan.End - plan.First];
        Hold(plan, terms);
        return Aggregator.Whole(_layout, plan, terms, _row);
    }

    /// <summary>A node's terms, with what is held in place of missing ones.</summary>
    private protected void Hold(NodePlan plan, Span<double> terms)
    {
        for (var i = 0; i < terms.Length; i++)
            terms[i] = TermOrHold(plan.First + i);
    }

    private double TermOrHold(int slot) => double.IsNaN(_terms[slot]) ? _layout.Holds[slot] : _terms[slot];

    private void Put(int slot, int node, double term, double coverage, double backing)
    {
        // Bits are compared, so that NaN equals NaN and nothing above an unchanged child is computed.
        if (Same(_terms[slot], term) && Same(_slotCoverage[slot], coverage) && Same(_slotBacking[slot], backing))
            return;
        _terms[slot] = term;
        _slotCoverage[slot] = coverage;
        _slotBacking[slot] = backing;
        Mark(node);
    }

    private void Mark(int node) => _dirty[node >> 6] |= 1UL << (node & 63);

    private static bool Same(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);
}
