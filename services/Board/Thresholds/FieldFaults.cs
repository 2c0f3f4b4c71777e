using Google.Rpc;
using Grpc.Core;

namespace EarlyWarning.Board.Thresholds;

/// <summary>Reads what an error says of the fields of a threshold.</summary>
internal static class FieldFaults
{
    /// <summary>What is wrong, by field as the contract names it; those of one list together.</summary>
    public static Dictionary<string, string> Of(RpcException exception) =>
        (exception.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations ?? [])
            .GroupBy(one => FieldOf(one.Field))
            .ToDictionary(one => one.Key, one => string.Join(" ", one.Select(violation => violation.Description)));

    private static string FieldOf(string path) => path.Replace("threshold.", "", StringComparison.Ordinal).Split('[')[0];
}
