using EarlyWarning.Scoring.Computing;
using EarlyWarning.Scoring.Engine.Construction;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.ServiceDefaults.Errors;

namespace EarlyWarning.Scoring.Constructing;

/// <summary>Constructs an index on its reference set and shows every stage.</summary>
internal sealed class IndexConstructing(FrameworkResolver choices, ComputationGate gate)
{
    public async Task<V1.ConstructIndexResponse> ConstructAsync(V1.ConstructIndexRequest request, CancellationToken cancellationToken)
    {
        var model = ModelOf(choices.Of(request.Framework, "framework"), "framework");
        return await gate.RunAsync(() => Answer(IndexConstruction.Construct(model)), cancellationToken);
    }

    /// <summary>The model of a framework that has a reference set.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT where it has none.</exception>
    public static CompositeFramework ModelOf(ChosenFramework framework, string field) =>
        framework.Compiled.Model is CompositeFramework { Reference: not null } model
            ? model
            : throw Fault.Field(
                V1.ErrorReason.InvalidField,
                field,
                $"{framework.Name} is no composite index with a reference set. Give it one, in composite.reference_set."
            );

    private static V1.ConstructIndexResponse Answer(ConstructedIndex index) =>
        new()
        {
            Units = { index.Units.Select(unit => unit.Key) },
            Indicators = { index.Treatments.Select(treatment => Indicator(index, treatment)) },
            Nodes = { NodesOf(index.Framework.Root).Select(node => Node(index, node)) },
            ScreenedOut = { index.ScreenedOut.Select(screened => screened.Unit.Key) },
        };

    private static V1.ConstructedIndicator Indicator(ConstructedIndex index, IndicatorTreatment treatment) =>
        new()
        {
            Indicator = treatment.Indicator,
            Denominated = { index.Denominated.Column(treatment.Indicator).ToArray() },
            Imputed = { index.Imputed.Column(treatment.Indicator).ToArray() },
            Treated = { index.Treated.Column(treatment.Indicator).ToArray() },
            Normalised = { index.Normalised.Column(treatment.Indicator).ToArray() },
            Treatment = treatment.Method == "none" ? "" : treatment.Method,
            WinsorisedPoints = treatment.HighPoints + treatment.LowPoints,
            SkewnessBefore = treatment.Before.Skewness,
            KurtosisBefore = treatment.Before.Kurtosis,
            SkewnessAfter = treatment.After.Skewness,
            KurtosisAfter = treatment.After.Kurtosis,
        };

    private static V1.ConstructedNode Node(ConstructedIndex index, Node node) =>
        new()
        {
            Code = node.Code,
            Scores = { index.Nodes.Column(node.Code).ToArray() },
            Weights = { node.Children.Select(child => index.Weights[child.Code]) },
        };

    private static IEnumerable<Node> NodesOf(Node node) => [.. node.Children.OfType<Node>().SelectMany(NodesOf), node];
}
