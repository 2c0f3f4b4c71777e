using EarlyWarning.Scoring.Engine.Compilation;

namespace EarlyWarning.Scoring.Engine.States;

/// <summary>
/// One country under one compiled framework. Values go in by <see cref="Set"/> and <see cref="Clear"/>; <see cref="Update"/> recomputes the
/// nodes above what changed and allocates nothing. A node is always computed afresh from its children in fixed order, never by adding
/// differences, so the state is the same bits as one built from its leaves alone in any order. Not safe for use by several threads at once.
/// </summary>
public sealed partial class ScoreState
{
    private readonly Layout _layout;
    private readonly double[] _values;
    private readonly double[] _errors;

    /// <summary>By slot: the child's value on the scale of addition; NaN while it has none.</summary>
    private readonly double[] _terms;
    private readonly double[] _slotCoverage;
    private readonly double[] _slotBacking;

    private readonly double[] _scores;
    private readonly double[] _linears;
    private readonly double[] _coverage;
    private readonly double[] _backing;

    /// <summary>One bit a node; the numbers of nodes rise towards the root, so one sweep upwards settles all of them.</summary>
    private readonly ulong[] _dirty;

    /// <summary>Initializes a new instance of the <see cref="ScoreState"/> class in which every value is missing.</summary>
    /// <param name="framework">The framework.</param>
    public ScoreState(CompiledFramework framework)
    {
        ArgumentNullException.ThrowIfNull(framework);
        Framework = framework;
        _layout = framework.Layout;
        _values = Missing(framework.LeafCount);
        _errors = new double[framework.LeafCount];
        _terms = Missing(_layout.SlotCount);
        _slotCoverage = new double[_layout.SlotCount];
        _slotBacking = new double[_layout.SlotCount];
        _scores = Missing(framework.Nodes.Length);
        _linears = Missing(framework.Nodes.Length);
        _coverage = new double[framework.Nodes.Length];
        _backing = new double[framework.Nodes.Length];
        _dirty = new ulong[(framework.Nodes.Length + 63) / 64];
        Recompute();
    }

    /// <summary>Gets the framework.</summary>
    public CompiledFramework Framework { get; }

    /// <summary>Gets the score as of the last update: 0 to 100, or a probability; null where the framework's rules give none.</summary>
    public double? Score => NodeScore(Framework.Root);

    /// <summary>Gets the index of the level in the framework's bands; −1 without a score.</summary>
    public int LevelIndex => Framework.LevelOf(_scores[Framework.Root]);

    /// <summary>Gets the share of the weight, 0 to 1, that has valid data, whether or not it was enough for a score.</summary>
    public double Coverage => _coverage[Framework.Root];

    /// <summary>Puts a value in, in place of any earlier one. It counts from the next <see cref="Update"/>.</summary>
    /// <param name="leaf">The leaf's number.</param>
    /// <param name="value">A finite value in the indicator's unit.</param>
    /// <param name="standardError">The standard error of the value in the same unit; 0 if it is exact or not known.</param>
    public void Set(int leaf, double value, double standardError = 0)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "A value is finite; clear the leaf if there is none.");
        if (!(double.IsFinite(standardError) && standardError >= 0))
            throw new ArgumentOutOfRangeException(nameof(standardError), standardError, "A standard error is finite and not negative.");
        _values[leaf] = value;
        _errors[leaf] = standardError;
        ref readonly var plan = ref _layout.LeafPlans[leaf];
        var node = _layout.Owners[plan.Slot];
        Put(plan.Slot, node, TermOf(node, plan.Scale(value)), 1, 1);
    }

    /// <summary>Takes a value out: it was withdrawn or is no longer valid. It counts from the next <see cref="Update"/>.</summary>
    /// <param name="leaf">The leaf's number.</param>
    public void Clear(int leaf)
    {
        _values[leaf] = double.NaN;
        _errors[leaf] = 0;
        var slot = _layout.LeafPlans[leaf].Slot;
        Put(slot, _layout.Owners[slot], double.NaN, 0, 0);
    }

    /// <summary>Recomputes every node above a leaf that changed since the last update, each once.</summary>
    public void Update()
    {
        for (var word = 0; word < _dirty.Length; word++)
        {
            while (_dirty[word] != 0)
            {
                var bit = System.Numerics.BitOperations.TrailingZeroCount(_dirty[word]);
                _dirty[word] &= _dirty[word] - 1;
                Evaluate((word * 64) + bit);
            }
        }
    }

    /// <summary>Recomputes every node. The outcome is the same bits as that of <see cref="Update"/>.</summary>
    public void Recompute()
    {
        for (var node = 0; node < _scores.Length; node++) Mark(node);
        Update();
    }

    /// <summary>
    /// Gets the score of a node as of the last update, on the node's own scale: a resilience node's is high where resilience is.
    /// </summary>
    /// <param name="node">The node's number.</param>
    /// <returns>The score, or null.</returns>
    public double? NodeScore(int node) => double.IsNaN(_scores[node]) ? null : _scores[node];

    /// <summary>Gets the share of a node's weight that has valid data, as of the last update.</summary>
    /// <param name="node">The node's number.</param>
    /// <returns>From 0 to 1.</returns>
    public double NodeCoverage(int node) => _coverage[node];

    /// <summary>Gets a leaf's value as it was set.</summary>
    /// <param name="leaf">The leaf's number.</param>
    /// <returns>The value, or null while it is missing.</returns>
    public double? LeafValue(int leaf) => double.IsNaN(_values[leaf]) ? null : _values[leaf];

    /// <summary>Gets a leaf's standard error as it was set.</summary>
    /// <param name="leaf">The leaf's number.</param>
    /// <returns>The standard error; 0 while the leaf is missing.</returns>
    public double LeafStandardError(int leaf) => _errors[leaf];

    /// <summary>
    /// Gets a leaf's value on the scale of its node and in the direction in which it counts there; a predictor's is the value itself.
    /// </summary>
    /// <param name="leaf">The leaf's number.</param>
    /// <returns>The value, or null while it is missing.</returns>
    public double? LeafScore(int leaf) => double.IsNaN(_values[leaf]) ? null : _layout.LeafPlans[leaf].Scale(_values[leaf]);

    /// <summary>Takes over everything from a state of the same framework, so that a later one can be compared with it.</summary>
    /// <param name="other">The state to copy.</param>
    public void CopyFrom(ScoreState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        RequireSameFramework(other);
        other._values.CopyTo(_values, 0);
        other._errors.CopyTo(_errors, 0);
        other._terms.CopyTo(_terms, 0);
        other._slotCoverage.CopyTo(_slotCoverage, 0);
        other._slotBacking.CopyTo(_slotBacking, 0);
        other._scores.CopyTo(_scores, 0);
        other._linears.CopyTo(_linears, 0);
        other._coverage.CopyTo(_coverage, 0);
        other._backing.CopyTo(_backing, 0);
        other._dirty.CopyTo(_dirty, 0);
    }

    private static double[] Missing(int count)
    {
        var array = new double[count];
        Array.Fill(array, double.NaN);
        return array;
    }

    private void RequireSameFramework(ScoreState other)
    {
        if (!ReferenceEquals(Framework, other.Framework))
            throw new ArgumentException("The states belong to two frameworks.", nameof(other));
    }
}
