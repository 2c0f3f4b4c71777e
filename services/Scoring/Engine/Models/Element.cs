namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>What a tree is made of: a <see cref="Node"/> or a <see cref="Leaf"/>.</summary>
public abstract record Element
{
    private protected Element() { }

    /// <summary>Gets the code, unique in the whole framework; a leaf's is its indicator's code.</summary>
    public required string Code { get; init; }

    /// <summary>Gets the weight beside its siblings. Only ratios count. An element of weight 0 is shown and not counted.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Gets which way the element moves what its parent measures.</summary>
    public Direction Direction { get; init; }
}
