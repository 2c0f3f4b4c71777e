using EarlyWarning.Scoring.Engine.Compilation;

namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>
/// The numbers that streams of random numbers go by: those of the framework's own indicators and elements come first, so that choices of
/// method change nothing in what is drawn for them.
/// </summary>
internal sealed class Sources
{
    private readonly Dictionary<string, int> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _weights = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _nodes = new(StringComparer.Ordinal);
    private readonly Varying _varying;

    /// <summary>Initializes a new instance of the <see cref="Sources"/> class.</summary>
    /// <param name="nominal">The framework as it is.</param>
    /// <param name="alternatives">All that are drawn.</param>
    /// <param name="varying">What differs from draw to draw.</param>
    public Sources(CompiledFramework nominal, IEnumerable<CompiledFramework> alternatives, Varying varying)
    {
        _varying = varying;
        foreach (var framework in alternatives.Prepend(nominal))
        {
            foreach (var node in framework.Nodes)
                _nodes.TryAdd(node.Code, _nodes.Count);
            foreach (var leaf in framework.Leaves)
                _values.TryAdd(leaf.Indicator, _values.Count);
            for (var slot = 0; slot < framework.Layout.SlotCount; slot++)
                _weights.TryAdd(Drawing.DrawnWeights.CodeOf(framework, slot), _weights.Count);
        }
    }

    /// <summary>Gets the indicators' numbers.</summary>
    public IReadOnlyDictionary<string, int> Values => _values;

    /// <summary>Gets the elements' numbers.</summary>
    public IReadOnlyDictionary<string, int> Weights => _weights;

    /// <summary>Gets the nodes' numbers.</summary>
    public IReadOnlyDictionary<string, int> Nodes => _nodes;

    /// <summary>The number that the missing children of a node are drawn by; −1 where they do not differ from draw to draw.</summary>
    public int OfMissing(string node) => _varying.Missing(node) ? _nodes[node] : -1;

    /// <summary>The number that the value of an indicator is drawn by; −1 where it does not differ from draw to draw.</summary>
    public int OfValue(string indicator) => _varying.Values(indicator) ? _values[indicator] : -1;

    /// <summary>The number that the weight of an element is drawn by; −1 where it does not differ from draw to draw.</summary>
    public int OfWeight(string element) => _varying.Weights(element) ? _weights[element] : -1;
}

/// <summary>Which of the things that a run is unsure of differ from draw to draw; the others stay as they are.</summary>
/// <param name="Values">Tells it of the value of an indicator, by its code.</param>
/// <param name="Weights">Tells it of the weight of an element, by its code.</param>
/// <param name="Choices">Tells it of a choice of method, by its name.</param>
/// <param name="Missing">Tells it of the missing children of a node, by its code.</param>
internal sealed record Varying(
    Func<string, bool> Values,
    Func<string, bool> Weights,
    Func<string, bool> Choices,
    Func<string, bool> Missing
)
{
    /// <summary>Gets everything.</summary>
    public static Varying All { get; } = new(_ => true, _ => true, _ => true, _ => true);
}
