using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Aggregating;

/// <content>
/// The way of a value to its term: denominator, imputation, transform. Sources: OECD and JRC, Handbook (2008), steps 2, 3 and 5; for
/// screening COINr's Screen.
/// </content>
public abstract partial class AggregateState
{
    private readonly IReadOnlyDictionary<string, string>? _groups;

    /// <summary>By leaf: the denominated value; the same array as the inputs where nothing is imputed.</summary>
    private readonly double[] _known;

    /// <summary>
    /// By leaf: what goes into the transform, denominated and imputed; the same array as the values where neither happens.
    /// </summary>
    private readonly double[] _inputs;

    /// <summary>By leaf: the standard error of an imputed input; of no length where nothing is imputed.</summary>
    private readonly double[] _imputedErrors;

    /// <summary>A value has changed since gaps were filled.</summary>
    private bool _gapsOpen;

    /// <summary>Puts a value in, in place of any earlier one. It counts from the next <see cref="Update"/>.</summary>
    /// <param name="leaf">The leaf's number.</param>
    /// <param name="value">A finite value in the indicator's unit.</param>
    /// <param name="standardError">
    /// The standard error of the value in the same unit, 0 if it is exact; null if none is stated, so that the leaf's default error stands
    /// for it or, where there is none, the error is not known.
    /// </param>
    public void Set(int leaf, double value, double? standardError = null)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "A value is finite; clear the leaf if there is none.");
        if (standardError is { } stated && !(double.IsFinite(stated) && stated >= 0))
            throw new ArgumentOutOfRangeException(nameof(standardError), standardError, "A standard error is finite and not negative.");
        _values[leaf] = value;
        SetError(leaf, value, standardError);
        HasMoved = true;
        if (_layout.IsDirect)
            Place(leaf, value, isKnown: true);
        else
            Denominate(leaf);
    }

    /// <summary>Takes a value out: it was withdrawn or is no longer valid. It counts from the next <see cref="Update"/>.</summary>
    /// <param name="leaf">The leaf's number.</param>
    public void Clear(int leaf)
    {
        _values[leaf] = double.NaN;
        ClearError(leaf);
        HasMoved = true;
        if (_layout.IsDirect)
            Place(leaf, double.NaN, isKnown: false);
        else
            Denominate(leaf);
    }

    /// <summary>Gets a leaf's value as it was set.</summary>
    /// <param name="leaf">The leaf's number.</param>
    /// <returns>The value, or null while it is missing.</returns>
    public double? LeafValue(int leaf) => Known(_values[leaf]);

    /// <summary>
    /// Gets what counts of a leaf: its value after the denominator, or what was imputed for it, in the unit of that quotient.
    /// </summary>
    /// <param name="leaf">The leaf's number.</param>
    /// <returns>The value as of the last update; null while there is none, and for an indicator that only divides others.</returns>
    public double? LeafInput(int leaf) => Known(_inputs[leaf]);

    /// <summary>Tells whether what counts of a leaf was imputed, as of the last update.</summary>
    /// <param name="leaf">The leaf's number.</param>
    /// <returns>Whether it was.</returns>
    public bool IsImputed(int leaf) => double.IsNaN(_known[leaf]) && !double.IsNaN(_inputs[leaf]);

    /// <summary>
    /// Gets the mean of a leaf's value, with its error, on the scale of its node and in the direction in which it counts there; a
    /// predictor's is that of the value itself.
    /// </summary>
    /// <param name="leaf">The leaf's number.</param>
    /// <returns>The mean; null while there is none, and for an indicator that only divides others.</returns>
    public double? LeafScore(int leaf) => Known(MeanOf(leaf, _inputs[leaf], !double.IsNaN(_known[leaf])));

    /// <summary>Whether a leaf was observed.</summary>
    internal bool HasValue(int leaf) => !double.IsNaN(_values[leaf]);

    /// <summary>Whether a leaf was observed and its denominator too.</summary>
    internal bool IsKnown(int leaf) => !double.IsNaN(_known[leaf]);

    /// <summary>Whether what is known of a leaf is what another state knows of it.</summary>
    internal bool HasSameValue(AggregateState other, int leaf) =>
        _values[leaf].Equals(other._values[leaf])
        && _errors[leaf].Equals(other._errors[leaf])
        && _errorKinds[leaf] == other._errorKinds[leaf];

    /// <summary>
    /// The mean of this state's value of a leaf divided by another's value of its denominator, on the scale of the leaf's node.
    /// </summary>
    internal double QuotientMean(int leaf, AggregateState divided)
    {
        ref readonly var plan = ref _layout.LeafPlans[leaf];
        return _errors[leaf] == 0 && divided._errors[plan.Denominator] == 0
            ? plan.Scale(LeafPlan.Quotient(_values[leaf], divided._values[plan.Denominator], plan.DenominatorScale))
            : plan.MeanOf(UncertainOf(leaf), divided.UncertainOf(plan.Denominator).AsDivisor());
    }

    private protected static double? Known(double value) => double.IsNaN(value) ? null : value;

    /// <summary>Works out the quotients that a value stands in.</summary>
    private void Denominate(int leaf)
    {
        ref readonly var plan = ref _layout.LeafPlans[leaf];
        if (plan.Slot >= 0)
            Divide(leaf);
        foreach (var divided in plan.Divides)
            Divide(divided);
    }

    private void Divide(int leaf)
    {
        ref readonly var plan = ref _layout.LeafPlans[leaf];
        var value = _values[leaf];
        if (plan.Denominator >= 0)
            value = LeafPlan.Quotient(value, _values[plan.Denominator], plan.DenominatorScale);
        _known[leaf] = value;
        if (_layout.Imputer is null)
            Place(leaf, value, isKnown: !double.IsNaN(value));
        else
            _gapsOpen = true;
    }

    private void FillGaps()
    {
        _gapsOpen = false;
        _known.CopyTo(_inputs, 0);
        var count = _layout.ScoredLeaves;
        var any = false;
        for (var leaf = 0; leaf < count; leaf++)
            any |= _layout.LeafPlans[leaf].IsImputed && double.IsNaN(_known[leaf]);
        if (any)
            _layout.Imputer!.Fill(_inputs.AsSpan(0, count), _imputedErrors.AsSpan(0, count), _groups);
        for (var leaf = 0; leaf < count; leaf++)
            Place(leaf, _inputs[leaf], isKnown: !double.IsNaN(_known[leaf]));
    }

    /// <summary>Puts an input into its slots. An imputed one counts in the score and not in the coverage.</summary>
    private void Place(int leaf, double input, bool isKnown)
    {
        ref readonly var plan = ref _layout.LeafPlans[leaf];
        var value = MeanOf(leaf, input, isKnown);
        var counted = isKnown && !double.IsNaN(value) ? 1.0 : 0.0;
        Put(plan.Slot, plan.Node, plan.IsBent ? _layout.NodePlans[plan.Node].Link.Forward(value) : value, counted, counted);
        foreach (var slot in plan.MoreSlots)
            Put(slot, _layout.Owners[slot], value, counted, counted);
    }

    /// <summary>The mean of an input on the scale of its node.</summary>
    private double MeanOf(int leaf, double input, bool isKnown)
    {
        ref readonly var plan = ref _layout.LeafPlans[leaf];
        if (!isKnown && !double.IsNaN(input))
            return plan.MeanOf(ImputedOf(leaf, input));
        var isExact = _errors[leaf] == 0 && (plan.Denominator < 0 || _errors[plan.Denominator] == 0);
        if (isExact || double.IsNaN(input))
            return plan.Scale(input);
        return plan.Denominator < 0
            ? plan.MeanOf(UncertainOf(leaf))
            : plan.MeanOf(UncertainOf(leaf), UncertainOf(plan.Denominator).AsDivisor());
    }

    /// <summary>Counted after denominators and before imputation.</summary>
    private bool IsScreenedOut(Screening screening)
    {
        var (present, others) = (0, 0);
        for (var leaf = 0; leaf < _layout.ScoredLeaves; leaf++)
        {
            if (double.IsNaN(_known[leaf]))
                continue;
            present++;
            if (_known[leaf] != 0)
                others++;
        }

        return (double)present / _layout.ScoredLeaves < screening.Available - FloorTolerance
            || (screening.NonZero > 0 && !((double)others / present >= screening.NonZero - FloorTolerance));
    }
}
