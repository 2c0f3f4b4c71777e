using EarlyWarning.Board.Calls;
using EarlyWarning.Board.Viewing;
using Grpc.Core;

namespace EarlyWarning.Board.Thresholds;

/// <summary>Reads from the audit who has changed thresholds, for those who may read it.</summary>
internal static class ThresholdRecord
{
    private const int Most = 500;

    /// <summary>The changes that were done, the newest first; <see langword="null"/> where the viewer may not read the record.</summary>
    /// <exception cref="RpcException">The record cannot be read.</exception>
    public static async Task<IReadOnlyList<ThresholdChange>?> ReadAsync(SuiteClient suite, Sight sight, CallOptions call)
    {
        if (!sight.SeesStatus)
        {
            return null;
        }

        var pages = await Task.WhenAll(
            ThresholdChange.Methods.Select(method =>
                suite
                    .Audit.ListAuditEntriesAsync(
                        new()
                        {
                            Method = method,
                            Code = "OK",
                            PageSize = Most,
                        },
                        call
                    )
                    .ResponseAsync
            )
        );
        return [.. pages.SelectMany(page => page.Entries).OrderByDescending(entry => entry.Position).Select(ThresholdChange.Of)];
    }
}
