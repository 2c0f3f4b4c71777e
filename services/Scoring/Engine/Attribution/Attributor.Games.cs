using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Attribution;

/// <content>The nodes whose children share by a game that has no closed form.</content>
internal ref partial struct Attributor
{
    /// <summary>Where children cancel out to less than this share of what they moved, a jump is shared by how much each moved.</summary>
    private const double Cancelled = 0.01;

    private readonly void AttributeGame(int node, NodePlan plan, Multiplier multiplier)
    {
        var count = plan.End - plan.First;
        var (then, now) = Movements(node, plan);
        var (parts, errors, slopes) = (new double[count], new double[count], new double[count]);
        var isProduct = plan.Link.Kind == LinkKind.Logarithm;
        if (isProduct)
            ShareProduct(node, plan, then, now, parts, slopes);
        else
            Play(plan, then, now, parts, errors);
        for (var i = 0; i < count; i++)
        {
            var slot = plan.First + i;
            if (!IsUsed(slot))
                continue;
            if (plan.Rule == NodeRule.Copeland)
                HandJump(slot, multiplier, parts[i], errors[i]);
            else if (isProduct)
                Hand(slot, multiplier, new Share(parts[i], 0, slopes[i]));
            else
                HandMovement(slot, multiplier, plan, then, now, parts[i], errors[i]);
        }
    }

    /// <summary>
    /// The terms of the children on both sides. Copeland's method knows what missing is; elsewhere it is the node without the child.
    /// </summary>
    private readonly (double[] Then, double[] Now) Movements(int node, NodePlan plan)
    {
        var then = _sides.Then.Terms[plan.First..plan.End];
        var now = _sides.Now.Terms[plan.First..plan.End];
        for (var i = 0; i < then.Length && plan.Rule != NodeRule.Copeland; i++)
        {
            if (!IsUsed(plan.First + i))
                continue;
            then[i] = Or(then[i], _sides.Then.Linears[node]);
            now[i] = Or(now[i], _sides.Now.Linears[node]);
        }

        return (then, now);
    }

    /// <summary>A geometric mean is a product of each child's factor exp(w · Δ ln x / Σ w).</summary>
    private readonly void ShareProduct(int node, NodePlan plan, double[] then, double[] now, double[] parts, double[] slopes)
    {
        var weight = 0.0;
        for (var i = 0; i < then.Length; i++)
            if (IsUsed(plan.First + i))
                weight += _layout.Weights[plan.First + i];
        var (factors, ones) = (new double[then.Length], new double[then.Length]);
        for (var i = 0; i < then.Length; i++)
        {
            ones[i] = 1;
            factors[i] = IsUsed(plan.First + i) ? Math.Exp(_layout.Weights[plan.First + i] / weight * (now[i] - then[i])) : 1;
        }

        ProductGame.Slopes(ones, factors, slopes);
        for (var i = 0; i < then.Length; i++)
        {
            var slot = plan.First + i;
            if (!IsUsed(slot))
                continue;
            var exponent = _layout.Weights[slot] / weight * (now[i] - then[i]);
            var bend = Math.Abs(exponent) < Close ? 1 + (exponent / 2) : (factors[i] - 1) / exponent;
            var unit = slopes[i] * bend * _layout.Weights[slot] / weight * _sides.Then.Scores[node];
            parts[i] = unit * (now[i] - then[i]);
            slopes[i] = unit * Secant(Math.Exp(then[i]), Math.Exp(now[i]));
        }
    }

    /// <summary>The slope of the chord of the logarithm.</summary>
    private static double Secant(double one, double other)
    {
        var middle = one + ((other - one) / 2);
        return Math.Abs(other - one) < Close * middle ? 1 / middle : Math.Log(other / one) / (other - one);
    }

    /// <summary>Plays a mean on a bent scale, or a rule of order, with the children that moved as players.</summary>
    private readonly void Play(NodePlan plan, double[] then, double[] now, double[] parts, double[] errors)
    {
        var children = new int[then.Length];
        var players = 0;
        for (var i = 0; i < then.Length; i++)
            if (_layout.Weights[plan.First + i] != 0 && IsUsed(plan.First + i) && then[i] != now[i])
                children[players++] = i;
        var (shares, deviations) = (new double[players], new double[players]);
        if (plan.Rule == NodeRule.Mean)
        {
            var game = BentMean(plan, then, now, children.AsSpan(0, players));
            Shapley.Share(ref game, players, shares, deviations);
        }
        else
        {
            var weights = _layout.Weights.AsSpan(plan.First, then.Length);
            var game = new OrderGame(plan, weights, _sides.Row, then, now, children.AsSpan(0, players));
            Shapley.Share(ref game, players, shares, deviations);
        }

        for (var i = 0; i < players; i++)
            (parts[children[i]], errors[children[i]]) = (shares[i], deviations[i]);
    }

    private readonly BentMeanGame BentMean(NodePlan plan, double[] then, double[] now, ReadOnlySpan<int> children)
    {
        var weights = _layout.Weights.AsSpan(plan.First, then.Length);
        var moves = new double[children.Length];
        for (var i = 0; i < moves.Length; i++)
            moves[i] = weights[children[i]] * (now[children[i]] - then[children[i]]);
        var (sum, weight) = (0.0, 0.0);
        for (var i = 0; i < then.Length; i++)
        {
            if (!IsUsed(plan.First + i))
                continue;
            sum += weights[i] * then[i];
            weight += weights[i];
        }

        return new BentMeanGame(plan.Link, sum, weight, moves);
    }

    /// <summary>
    /// A jump has no slope, so what is below shares it in proportion to what each moved the child by; where those cancel out, by how much
    /// each moved it in either direction.
    /// </summary>
    private readonly void HandJump(int slot, Multiplier multiplier, double part, double error)
    {
        if (part == 0 && error == 0)
            return;
        var below = new double[_parts.Length];
        new Attributor(_framework, _sides, below, default).Hand(slot, new Multiplier(1), new Share(1, 0, 1));
        var (sum, gross) = (0.0, 0.0);
        foreach (var amount in below)
            (sum, gross) = (sum + amount, gross + Math.Abs(amount));
        if (gross == 0)
        {
            // Only rounding moved the child.
            var occupant = _layout.Occupants[slot];
            if (occupant < 0)
                Add(~occupant, part, error, multiplier);
            else
                Spread(occupant, new Share(part, error, 0), multiplier);
            return;
        }

        for (var leaf = 0; leaf < below.Length; leaf++)
        {
            if (below[leaf] == 0)
                continue;
            var share = Math.Abs(sum) >= Cancelled * gross ? below[leaf] / sum : Math.Abs(below[leaf]) / gross;
            Add(leaf, share * part, share * error, multiplier);
        }
    }
}
