using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Paging;
using Google.Protobuf.WellKnownTypes;
using Call = EarlyWarning.V1.StartOperationRequest.CallOneofCase;

namespace EarlyWarning.Scoring.Operations;

/// <summary>Reads requests about operations, or refuses them with the field at fault.</summary>
internal static class OperationRequests
{
    public const string Prefix = "operations/";
    private static readonly TimeSpan s_usualWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(5);

    /// <summary>Checks a name.</summary>
    public static string Name(string name)
    {
        RequestFilters.Name("name", name, Prefix);
        return name;
    }

    /// <summary>Checks the filters of a list.</summary>
    public static void Check(V1.ListOperationsRequest request)
    {
        foreach (var state in request.States)
        {
            RequestFilters.Value("states", state);
        }

        foreach (var method in request.Methods)
        {
            RequestFilters.Value("methods", method);
        }
    }

    /// <summary>Reads how long to wait.</summary>
    public static TimeSpan Wait(Duration? timeout)
    {
        if (timeout is null)
        {
            return s_usualWait;
        }

        return
            timeout.Nanos is >= 0 and < 1_000_000_000
            && timeout.Seconds is >= 0 and < 86_400
            && timeout.ToTimeSpan() is var wait
            && wait > TimeSpan.Zero
            && wait <= s_longestWait
            ? wait
            : throw Fault.Field(
                V1.ErrorReason.InvalidField,
                "timeout",
                $"The wait must be above 0 and at most {s_longestWait.TotalSeconds:0} s."
            );
    }

    /// <summary>The revisions that must be reached before the operation is.</summary>
    public static IReadOnlyList<V1.CountryRevision> Minima(V1.StartOperationRequest request) =>
        request.CallCase switch
        {
            Call.FitModel => request.FitModel.MinimumRevisions,
            Call.Backtest => request.Backtest.MinimumRevisions,
            Call.QuantifyUncertainty => request.QuantifyUncertainty.MinimumRevisions,
            Call.AnalyseSensitivity => request.AnalyseSensitivity.MinimumRevisions,
            Call.AnalyseChoices => request.AnalyseChoices.MinimumRevisions,
            Call.CompareFrameworks => request.CompareFrameworks.MinimumRevisions,
            _ => [],
        };

    /// <summary>Makes the request one of which the answer does not depend on when it is computed: names become versions.</summary>
    /// <exception cref="Grpc.Core.RpcException">A framework is not there, or its definition has faults.</exception>
    public static V1.StartOperationRequest Fixed(V1.StartOperationRequest request, FrameworkResolver choices)
    {
        var result = request.Clone();
        switch (result.CallCase)
        {
            case Call.QuantifyUncertainty:
                result.QuantifyUncertainty.Parent = choices.Named(result.QuantifyUncertainty.Parent, "quantify_uncertainty.parent").Name;
                break;
            case Call.AnalyseSensitivity:
                result.AnalyseSensitivity.Parent = choices.Named(result.AnalyseSensitivity.Parent, "analyse_sensitivity.parent").Name;
                break;
            case Call.AnalyseChoices:
                result.AnalyseChoices.Parent = choices.Named(result.AnalyseChoices.Parent, "analyse_choices.parent").Name;
                break;
            case Call.CompareFrameworks:
                Fix(result.CompareFrameworks.Before, "compare_frameworks.before");
                Fix(result.CompareFrameworks.After, "compare_frameworks.after");
                break;
            case Call.OptimiseWeights:
                Fix(result.OptimiseWeights.Framework, "optimise_weights.framework");
                break;
            case Call.Backtest when result.Backtest.TestCase == V1.BacktestRequest.TestOneofCase.Framework:
                Fix(result.Backtest.Framework.Framework, "backtest.framework.framework");
                break;
            case Call.Backtest when result.Backtest.TestCase == V1.BacktestRequest.TestOneofCase.Rule:
                Fix(result.Backtest.Rule.Scores?.Framework, "backtest.rule.scores.framework");
                break;
        }

        return result;

        void Fix(V1.FrameworkChoice? choice, string field)
        {
            var chosen = choices.Of(choice, field);
            if (choice!.SourceCase == V1.FrameworkChoice.SourceOneofCase.Name)
            {
                choice.Name = chosen.Name;
            }
        }
    }
}
