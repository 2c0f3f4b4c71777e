using EarlyWarning.ServiceDefaults.Errors;
using Grpc.Core;

namespace EarlyWarning.Indicators.Api;

/// <summary>
/// Makes the error of a single observation that was not recorded: what a batch says in its answer, a single call says as its status.
/// </summary>
internal static class SingleObservationFault
{
    private static readonly Dictionary<string, V1.ErrorReason> s_reasons = Enum.GetValues<V1.ErrorReason>()
        .ToDictionary(Fault.NameOf, reason => reason, StringComparer.Ordinal);

    /// <summary>Makes the error.</summary>
    public static RpcException Of(IReadOnlyList<V1.ItemProblem> problems, V1.Outcome outcome)
    {
        var problem = problems[0];
        var reason = s_reasons.GetValueOrDefault(problem.Reason, V1.ErrorReason.InvalidField);
        if (outcome == V1.Outcome.Retry)
        {
            return Fault.Of(StatusCode.Unavailable, reason, problem.Message, Metadata(problem));
        }

        return problems.Count == 1
            ? Fault.Field(
                reason,
                FieldOf(problem),
                problem.Message,
                reason == V1.ErrorReason.ObservationIdReused ? StatusCode.AlreadyExists : StatusCode.InvalidArgument,
                Metadata(problem)
            )
            : Fault.Fields(
                reason,
                string.Join(" ", problems.Select(one => one.Message)),
                problems.Select(one => (FieldOf(one), one.Message)),
                Metadata(problem)
            );
    }

    private static (string Key, string Value)[] Metadata(V1.ItemProblem problem) =>
        [.. problem.Metadata.Select(pair => (pair.Key, pair.Value))];

    // The batch of one has no index that its sender would know.
    private static string FieldOf(V1.ItemProblem problem) =>
        problem.Field.Replace("observations[0]", "observation", StringComparison.Ordinal);
}
