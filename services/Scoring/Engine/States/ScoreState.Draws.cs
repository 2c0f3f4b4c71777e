namespace EarlyWarning.Scoring.Engine.States;

/// <content>What simulations start from.</content>
public sealed partial class ScoreState
{
    /// <summary>Gets the country's row in the reference set; −1 where it has none.</summary>
    internal int Row => _row;

    /// <summary>The standard error of <see cref="LeafInput"/>: of the quotient, or of what was imputed.</summary>
    internal double InputError(int leaf) => _inputErrors[leaf];
}
