namespace EarlyWarning.Scoring.Engine.Attribution;

/// <content>The last step, to leaves and to what divides them.</content>
internal ref partial struct Attributor
{
    /// <summary>
    /// A leaf's part is its own, except where between two states its denominator moved too: then numerator and denominator share the
    /// movement of the quotient's score as a game of two.
    /// </summary>
    private readonly void HandLeaf(int slot, int leaf, Multiplier multiplier, Share share)
    {
        ref readonly var plan = ref _layout.LeafPlans[leaf];
        if (plan.Denominator < 0 || _sides.Earlier is null || !_sides.IsMoved(plan.Denominator))
        {
            Add(leaf, share.Part, share.Error, multiplier);
            return;
        }

        if (!_sides.HasQuotients(leaf))
        {
            HandArrival(leaf, share, multiplier);
            return;
        }

        var (own, shared) = _sides.QuotientParts(leaf);
        var unit = multiplier.Times(share.Slope, share.SlopeError);
        Add(leaf, own, 0, unit);
        Add(plan.Denominator, shared, 0, unit);
    }

    /// <summary>A quotient that came or went is of the one of the two that did.</summary>
    private readonly void HandArrival(int leaf, Share share, Multiplier multiplier)
    {
        var divisor = _layout.LeafPlans[leaf].Denominator;
        var (mine, its) = (_sides.IsArrival(leaf), _sides.IsArrival(divisor));
        if (!mine && !its)
            (mine, its) = (_sides.IsMoved(leaf), _sides.IsMoved(divisor));
        var half = mine && its ? 0.5 : 1;
        if (mine || !its)
            Add(leaf, half * share.Part, half * share.Error, multiplier);
        if (its)
            Add(divisor, half * share.Part, half * share.Error, multiplier);
    }

    /// <summary>
    /// The part of a node that has a value only now, only then, or a held one: by weight over its leaves, of which against an earlier state
    /// only those count that came or went, because they made the difference.
    /// </summary>
    private readonly void Spread(int node, Share share, Multiplier multiplier)
    {
        var info = _framework.Nodes[node];
        var (first, end) = (info.FirstLeaf, info.FirstLeaf + info.LeafCount);
        var (weight, count) = Counted(first, end, arrivals: true);
        var arrivals = count > 0;
        if (!arrivals)
            (weight, count) = Counted(first, end, arrivals: false);
        for (var leaf = first; leaf < end; leaf++)
        {
            if (!Counts(leaf, arrivals))
                continue;
            var part = weight > 0 ? _framework.Leaves[leaf].EffectiveWeight / weight : 1.0 / count;
            var own = new Share(share.Part * part, share.Error * part, 0);
            if (_layout.LeafPlans[leaf].Denominator >= 0 && _sides.Earlier is not null)
                HandArrival(leaf, own, multiplier);
            else
                Add(leaf, own.Part, own.Error, multiplier);
        }
    }

    private readonly (double Weight, int Count) Counted(int first, int end, bool arrivals)
    {
        var (weight, count) = (0.0, 0);
        for (var leaf = first; leaf < end; leaf++)
            if (Counts(leaf, arrivals))
                (weight, count) = (weight + _framework.Leaves[leaf].EffectiveWeight, count + 1);
        return (weight, count);
    }

    private readonly bool Counts(int leaf, bool arrivals) => !arrivals || _sides.Earlier is null || _sides.IsKnownArrival(leaf);

    /// <summary>Whether anything below a slot moved, even where the movements cancel out.</summary>
    private readonly bool IsMovedWithin(int slot)
    {
        var occupant = _layout.Occupants[slot];
        if (occupant < 0)
            return _sides.Earlier is not null
                && _layout.LeafPlans[~occupant].Denominator is >= 0 and var divisor
                && _sides.IsMoved(divisor);
        for (var below = _layout.NodePlans[occupant].First; below < _layout.NodePlans[occupant].End; below++)
            if (!_sides.Then.Terms[below].Equals(_sides.Now.Terms[below]) || IsMovedWithin(below))
                return true;
        return false;
    }
}
