using System.Runtime.CompilerServices;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.States;

/// <content>How a node is computed.</content>
public sealed partial class ScoreState
{
    /// <summary>So that shares which add up to the floor on paper meet it in floating point too.</summary>
    private const double FloorTolerance = 1e-12;

    /// <summary>
    /// One node from its children: h(Σ w·g(x) / Σ w) over what is there or held. Source: OECD and JRC, Handbook (2008), section 6.3, and
    /// for the weights given to the others where a child is missing, section 3.
    /// </summary>
    private void Evaluate(int node)
    {
        var plan = _layout.NodePlans[node];
        double sum = 0, weight = 0, covered = 0, backed = 0;
        var incomplete = false;
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
                    incomplete |= weights[i] != 0;
                    continue;
                }
            }
            else
            {
                backed += shares[i] * backing[i];
            }

            sum += weights[i] * term;
            weight += weights[i];
        }

        backed /= plan.TotalShare;
        var hasScore = !(plan.NeedsAll && incomplete) && backed >= plan.CoverageFloor - FloorTolerance && (!plan.IsMean || weight > 0);
        var linear = hasScore ? plan.IsMean ? sum / weight : plan.Intercept + sum : double.NaN;
        Settle(node, plan, linear, covered / plan.TotalShare, backed);
    }

    private void Settle(int node, NodePlan plan, double linear, double coverage, double backing)
    {
        // The mean of values at an end of the scale may round past it.
        var score = Math.Clamp(Links.Back(plan.Link, linear), plan.Low, plan.High);
        _linears[node] = linear;
        _scores[node] = score;
        _coverage[node] = coverage;
        _backing[node] = backing;
        if (plan.Slot < 0) return;
        var (mirror, sign) = _layout.Orientations[node];
        var parent = _layout.Owners[plan.Slot];
        Put(plan.Slot, parent, TermOf(parent, mirror + (sign * score)), coverage, backing);
    }

    /// <summary>A child's value on the scale on which its node adds up; a regression takes it as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double TermOf(int node, double value) => _layout.NodePlans[node].Link == Link.Logarithm ? Math.Log(value) : value;

    private void Put(int slot, int node, double term, double coverage, double backing)
    {
        // Bits are compared, so that NaN equals NaN and nothing above an unchanged child is computed.
        if (Same(_terms[slot], term) && Same(_slotCoverage[slot], coverage) && Same(_slotBacking[slot], backing)) return;
        _terms[slot] = term;
        _slotCoverage[slot] = coverage;
        _slotBacking[slot] = backing;
        Mark(node);
    }

    private void Mark(int node) => _dirty[node >> 6] |= 1UL << (node & 63);

    private static bool Same(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);
}
