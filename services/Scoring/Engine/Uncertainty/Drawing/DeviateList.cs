namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>The deviates of one country, each once whatever number of plans and places asks for it.</summary>
/// <param name="owner">The country's number.</param>
internal sealed class DeviateList(ulong owner)
{
    private readonly List<Deviate> _deviates = [];
    private readonly Dictionary<Deviate, int> _numbers = [];

    /// <summary>Asks for a deviate.</summary>
    /// <param name="source">The indicator's number.</param>
    /// <param name="isNormal">Whether it is normal.</param>
    /// <param name="low">The least normal number.</param>
    /// <param name="high">The greatest.</param>
    /// <returns>Its number.</returns>
    public int Add(int source, bool isNormal, double low, double high)
    {
        var deviate = new Deviate(source, owner, isNormal, low, high);
        if (_numbers.TryAdd(deviate, _deviates.Count)) _deviates.Add(deviate);
        return _numbers[deviate];
    }

    /// <summary>Gives them by number.</summary>
    public Deviate[] ToArray() => [.. _deviates];
}
