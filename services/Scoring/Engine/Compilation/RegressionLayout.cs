using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Compilation;

/// <summary>
/// Lays out a logistic model, which is one node with a slot a predictor, or an ensemble of several with their mean above them.
/// </summary>
internal sealed class RegressionLayout
{
    private readonly ImmutableArray<EnsembleMember> _members;
    private readonly EnsembleFramework? _ensemble;
    private readonly bool _holdsDefaults;
    private readonly Calibration? _calibration;

    /// <summary>The indicators in the order in which they are met, by code.</summary>
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<Predictor> _predictors = [];
    private readonly double[][] _shares;

    public RegressionLayout(LogisticFramework model)
        : this([AsMember(model)], model.Missing) { }

    public RegressionLayout(EnsembleFramework model)
        : this(model.Members, model.Missing) => (_ensemble, _calibration) = (model, model.Calibration);

    private RegressionLayout(ImmutableArray<EnsembleMember> members, MissingDataPolicy missing)
    {
        (_members, _holdsDefaults) = (members, missing is HoldDefaults);
        _shares = [.. members.Select(PredictorShares.Of)];
        foreach (var predictor in members.SelectMany(member => member.Predictors))
            if (_numbers.TryAdd(predictor.Indicator, _numbers.Count))
                _predictors.Add(predictor);
    }

    public Layout Build()
    {
        var predictors = _members.SelectMany(member => member.Predictors).ToArray();
        var owners = _members.SelectMany((member, i) => Enumerable.Repeat(i, member.Predictors.Length)).ToArray();
        var members = _ensemble is null ? [] : _members;
        var leaves = LeafPlans(predictors, owners);
        return new Layout
        {
            NodePlans = [.. _members.Select(PlanOf), .. _ensemble is null ? Array.Empty<NodePlan>() : [MeanPlan(predictors.Length)]],
            LeafPlans = leaves,
            SharedLeaves = Layout.NumberShared(leaves),
            ScoredLeaves = leaves.Length,
            IsDirect = true,
            Weights = [.. predictors.Select(predictor => predictor.Coefficient), .. members.Select(member => member.Weight)],
            Shares = [.. _shares.SelectMany(shares => shares), .. members.Select(member => member.Weight)],
            Holds = [.. predictors.Select(Hold), .. members.Select(_ => double.NaN)],
            LeastRisk = [.. predictors.Select(predictor => predictor.Default ?? 0), .. members.Select(_ => double.NaN)],
            Occupants = [.. predictors.Select(predictor => ~_numbers[predictor.Indicator]), .. Enumerable.Range(0, members.Length)],
            Owners = [.. owners, .. members.Select(_ => _members.Length)],
            Orientations = [.. Enumerable.Repeat((0.0, 1.0), _members.Length + (_ensemble is null ? 0 : 1))],
            Leaves = [.. _predictors.Select(LeafInfoOf)],
            Nodes = Nodes(),
        };
    }

    private static EnsembleMember AsMember(LogisticFramework model) =>
        new(Framework.ProbabilityCode)
        {
            Intercept = model.Intercept,
            Predictors = model.Predictors,
            Interactions = model.Interactions,
            Calibration = model.Calibration,
        };

    private LeafPlan[] LeafPlans(Predictor[] predictors, int[] owners)
    {
        var slots = predictors.Select((predictor, slot) => (predictor.Indicator, slot)).ToLookup(pair => pair.Indicator, pair => pair.slot);
        return
        [
            .. _predictors.Select(predictor => new LeafPlan
            {
                Slot = slots[predictor.Indicator].First(),
                Node = owners[slots[predictor.Indicator].First()],
                MoreSlots = [.. slots[predictor.Indicator].Skip(1)],
                Denominator = -1,
                DenominatorScale = 1,
                Divides = [],
            }),
        ];
    }

    private NodePlan PlanOf(EnsembleMember member, int index)
    {
        var first = _members.Take(index).Sum(earlier => earlier.Predictors.Length);
        return new NodePlan
        {
            First = first,
            End = first + member.Predictors.Length,
            Slot = _ensemble is null ? -1 : _members.Sum(any => any.Predictors.Length) + index,
            Rule = NodeRule.Regression,
            Link = Link.Logit,
            Intercept = member.Intercept,
            TotalWeight = 1,
            TotalShare = _shares[index].Sum(),
            NeedsAll = !_holdsDefaults,
            Low = member.Calibration?.Apply(0) ?? 0,
            High = member.Calibration?.Apply(1) ?? 1,
            Products =
            [
                .. member.Interactions.Where(product => product.Coefficient != 0).Select(product => Product(member, product, first)),
            ],
            Calibration = member.Calibration,
        };
    }

    private static ProductPlan Product(EnsembleMember member, Interaction product, int first)
    {
        var factors = product.Indicators.GroupBy(code => code, StringComparer.Ordinal).ToArray();
        var codes = member.Predictors.Select(predictor => predictor.Indicator).ToList();
        return new ProductPlan(
            product.Coefficient,
            [.. factors.Select(factor => first + codes.IndexOf(factor.Key))],
            [.. factors.Select(factor => factor.Count())]
        );
    }

    private NodePlan MeanPlan(int first)
    {
        var total = 0.0;
        foreach (var member in _members)
            total += member.Weight;
        return new NodePlan
        {
            First = first,
            End = first + _members.Length,
            TotalWeight = total,
            TotalShare = total,
            NeedsAll = true,
            Low = _calibration?.Apply(0) ?? 0,
            High = _calibration?.Apply(1) ?? 1,
            Calibration = _calibration,
        };
    }

    private LeafInfo LeafInfoOf(Predictor predictor, int index)
    {
        var whole = _members.Sum(member => member.Weight);
        var (weight, node) = (0.0, -1);
        for (var i = 0; i < _members.Length; i++)
        {
            for (var k = 0; k < _members[i].Predictors.Length; k++)
            {
                if (_members[i].Predictors[k].Indicator != predictor.Indicator)
                    continue;
                weight += _members[i].Weight / whole * (_shares[i][k] / _shares[i].Sum());
                if (node < 0)
                    node = i;
            }
        }

        return new LeafInfo(index, predictor.Indicator, node, weight, predictor.Validity) { DefaultError = predictor.DefaultError };
    }

    private ImmutableArray<NodeInfo> Nodes()
    {
        var root = new NodeInfo(
            _ensemble is null ? 0 : _members.Length,
            Framework.ProbabilityCode,
            "Probability",
            -1,
            0,
            _predictors.Count,
            1
        );
        if (_ensemble is null)
            return [root];
        var whole = _members.Sum(member => member.Weight);
        return
        [
            .. _members.Select(
                (member, i) =>
                {
                    var numbers = member.Predictors.Select(predictor => _numbers[predictor.Indicator]).ToArray();
                    return new NodeInfo(
                        i,
                        member.Code,
                        member.Code,
                        root.Index,
                        numbers.Min(),
                        numbers.Max() - numbers.Min() + 1,
                        member.Weight / whole
                    );
                }
            ),
            root,
        ];
    }

    private double Hold(Predictor predictor) => _holdsDefaults ? predictor.Default ?? double.NaN : double.NaN;
}
