using EarlyWarning.Scoring.Engine.Compilation;

namespace EarlyWarning.Scoring.Engine.Attribution;

/// <content>The children that moved too little to divide by, though what is below them may have moved far.</content>
internal ref partial struct Attributor
{
    /// <summary>
    /// Below this share of its size a child's movement is too small to divide by: the quotient of two rounded differences would be off by
    /// more than 1e-9 of the size, and offsetting leaves below would take that many times over.
    /// </summary>
    private const double Still = 1e-7;

    /// <summary>A child that hardly moved is given a movement of this share of its size to either side to see what it is worth.</summary>
    private const double Nudge = 1e-3;

    private readonly void HandMovement(
        int slot,
        Multiplier multiplier,
        NodePlan plan,
        double[] then,
        double[] now,
        double part,
        double error
    )
    {
        var child = slot - plan.First;
        var (before, after) = (plan.Link.Back(then[child]), plan.Link.Back(now[child]));
        var moved = after - before;
        if (Math.Abs(moved) > Still * (Math.Abs(before) + Math.Abs(after)))
            Hand(slot, multiplier, new Share(part, error, part / moved, error / Math.Abs(moved)));
        else if (_layout.Weights[slot] == 0 || HasGap(slot) || !IsMovedWithin(slot))
            Hand(slot, multiplier, new Share(part, error, 0));
        else
            HandStill(slot, multiplier, moved, new Share(part, error, SlopeOf(plan, child, then, now, out var slopeError), slopeError));
    }

    /// <summary>
    /// What is below a child that stands still is paid by the child's slope for what it moved it by. The slope is that of a larger movement
    /// and so not quite that of this one: what is then short of the child's part is shared by how much each moved it in either direction,
    /// so that the
    /// parts add up to it.
    /// </summary>
    private readonly void HandStill(int slot, Multiplier multiplier, double moved, Share share)
    {
        var below = new double[_parts.Length];
        new Attributor(_framework, _sides, below, default).Hand(slot, new Multiplier(1), new Share(moved, 0, 1));
        var (sum, gross) = (0.0, 0.0);
        foreach (var amount in below)
            (sum, gross) = (sum + amount, gross + Math.Abs(amount));
        if (gross == 0)
            return;
        var rest = share.Part - (share.Slope * sum);
        for (var leaf = 0; leaf < below.Length; leaf++)
        {
            var size = Math.Abs(below[leaf]);
            if (size == 0)
                continue;
            var error = Math.Sqrt(Square(share.Error * size / gross) + Square(share.SlopeError * size));
            Add(leaf, (share.Slope * below[leaf]) + (rest * size / gross), error, multiplier);
        }
    }

    /// <summary>
    /// The part of a child for one unit of its own movement around where it stands, as the mean of a rise and a fall, so that the change
    /// back has the same slope.
    /// </summary>
    private readonly double SlopeOf(NodePlan plan, int child, double[] then, double[] now, out double error)
    {
        var middle = (plan.Link.Back(then[child]) + plan.Link.Back(now[child])) / 2;
        var step = Math.Max(Nudge * Math.Abs(middle), Nudge * Nudge);

        // A bent scale starts at 0.
        var low = plan.Link.BendsTerms ? Math.Max(middle - step, middle / 2) : middle - step;
        var high = middle + step;
        var (rise, riseError) = PartOf(plan, child, then, now, plan.TermOf(low), plan.TermOf(high));
        var (fall, fallError) = PartOf(plan, child, then, now, plan.TermOf(high), plan.TermOf(low));
        var distance = 2 * (high - low);
        error = Math.Sqrt(Square(riseError) + Square(fallError)) / distance;
        return (rise - fall) / distance;
    }

    private readonly (double Part, double Error) PartOf(NodePlan plan, int child, double[] then, double[] now, double from, double to)
    {
        var (start, end) = ((double[])then.Clone(), (double[])now.Clone());
        (start[child], end[child]) = (from, to);
        var (parts, errors) = (new double[then.Length], new double[then.Length]);
        Play(plan, start, end, parts, errors);
        return (parts[child], errors[child]);
    }

    /// <summary>Whether a slot's node has no score on one side.</summary>
    private readonly bool HasGap(int slot) =>
        _layout.Occupants[slot] is >= 0 and var node && (double.IsNaN(_sides.Then.Scores[node]) || double.IsNaN(_sides.Now.Scores[node]));

    private static double Square(double value) => value * value;
}
