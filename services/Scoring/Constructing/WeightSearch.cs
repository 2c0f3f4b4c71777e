using EarlyWarning.Catalogue.Models;
using EarlyWarning.Scoring.Computing;
using EarlyWarning.Scoring.Engine.Construction.Weights;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Requests;
using EarlyWarning.ServiceDefaults.Errors;
using Grpc.Core;

namespace EarlyWarning.Scoring.Constructing;

/// <summary>Finds weights of a level of an index by how its parts correlate with it.</summary>
internal sealed class WeightSearch(FrameworkResolver choices, ComputationGate gate)
{
    /// <summary>Shares of the correlations that are nearer than this to those wanted count as reached.</summary>
    private const double MostShortfall = 0.02;

    public async Task<V1.OptimiseWeightsResponse> OptimiseAsync(
        V1.OptimiseWeightsRequest request,
        ComputationRun run,
        CancellationToken cancellationToken
    )
    {
        var model = IndexConstructing.ModelOf(choices.Of(request.Framework, "framework"), "framework");
        Check(request, model);
        var kind = CorrelationKinds.Of(RequestValues.Known(request.Correlation, "correlation"));
        var tolerance = request.HasTolerance ? request.Tolerance : WeightOptimisation.UsualTolerance;
        var evaluations = RequestValues.Count(
            request.MaximumEvaluations,
            WeightOptimisation.UsualEvaluations,
            1,
            WeightOptimisation.MostEvaluations,
            "maximum_evaluations"
        );
        var progress = run.OnAdvance is { } told ? new PhaseProgress("searching", advance => told(advance)) : null;
        try
        {
            var found = await gate.RunAsync(
                () =>
                    request.MostInformation
                        ? WeightOptimisation.InfoMax(model, request.Codes, kind, tolerance, evaluations, progress, cancellationToken)
                        : WeightOptimisation.Balance(
                            model,
                            request.Codes,
                            request.Influences.Count > 0 ? request.Influences : null,
                            kind,
                            tolerance,
                            evaluations,
                            progress,
                            cancellationToken
                        ),
                cancellationToken
            );
            return Answer(found, request.MostInformation);
        }
        catch (ArgumentException exception)
        {
            throw Fault.Of(StatusCode.FailedPrecondition, V1.ErrorReason.InsufficientData, exception.Message);
        }
    }

    private static void Check(V1.OptimiseWeightsRequest request, CompositeFramework model)
    {
        var parents = Parents(model.Root).ToDictionary(pair => pair.Child, pair => pair.Parent, StringComparer.Ordinal);
        for (var i = 0; i < request.Codes.Count; i++)
        {
            if (!parents.ContainsKey(request.Codes[i]) || request.Codes.IndexOf(request.Codes[i]) != i)
            {
                throw Fault.Field(
                    V1.ErrorReason.InvalidField,
                    $"codes[{i}]",
                    $"'{request.Codes[i]}' is no element below the index, or is there twice."
                );
            }
        }

        if (
            request.Codes.Count < 2
            || parents.Any(pair => !request.Codes.Contains(pair.Key) && request.Codes.Any(code => parents[code] == pair.Value))
        )
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                "codes",
                "Give a level of the tree: two or more elements, with each all of its siblings."
            );
        }

        if (request.Influences.Count > 0 && (request.MostInformation || request.Influences.Count != request.Codes.Count))
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                "influences",
                "Give one influence a code, and none where most information is sought."
            );
        }

        for (var i = 0; i < request.Influences.Count; i++)
        {
            if (!(request.Influences[i] > 0 && double.IsFinite(request.Influences[i])))
            {
                throw Fault.Field(V1.ErrorReason.InvalidField, $"influences[{i}]", "An influence is above 0 and finite.");
            }
        }

        if (request.HasTolerance && !(request.Tolerance > 0 && double.IsFinite(request.Tolerance)))
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, "tolerance", "A tolerance is above 0 and finite.");
        }
    }

    private static IEnumerable<(string Child, string Parent)> Parents(Node node) =>
        node.Children.SelectMany(child =>
            child is Node inner ? [(child.Code, node.Code), .. Parents(inner)] : (IEnumerable<(string, string)>)[(child.Code, node.Code)]
        );

    private static V1.OptimiseWeightsResponse Answer(OptimisedWeights found, bool information)
    {
        var total = information ? 1 : found.Correlations.Sum();
        return new()
        {
            Weights = { found.Weights },
            Correlations = { found.Correlations.Select(correlation => correlation / total) },
            Converged = found.Converged,
            Shortfall = found.Shortfall,
            Reached = found.Shortfall <= MostShortfall,
        };
    }
}
