namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>The deviates of one country, each once whatever number of plans and places asks for it.</summary>
/// <param name="owner">The country's number.</param>
internal sealed class DeviateList(ulong owner)
{
    private readonly List<Deviate> _deviates = [];
    private readonly Dictionary<Deviate, int> _numbers = [];

    /// <summary>Gets the country's number.</summary>
    public ulong Owner => owner;

    /// <summary>Asks for the deviate of an indicator.</summary>
    /// <param name="source">The indicator's number.</param>
    /// <param name="isNormal">Whether it is normal.</param>
    /// <returns>Its number.</returns>
    public int Add(int source, bool isNormal) => Add(new Deviate(source, owner, isNormal, IsHeld: false));

    /// <summary>Asks for the normal deviate of what is held in a node.</summary>
    /// <param name="source">The node's number.</param>
    /// <returns>Its number.</returns>
    public int AddHeld(int source) => Add(new Deviate(source, owner, IsNormal: true, IsHeld: true));

    /// <summary>Gives them by number.</summary>
    public Deviate[] ToArray() => [.. _deviates];

    private int Add(Deviate deviate)
    {
        if (_numbers.TryAdd(deviate, _deviates.Count))
            _deviates.Add(deviate);
        return _numbers[deviate];
    }
}
