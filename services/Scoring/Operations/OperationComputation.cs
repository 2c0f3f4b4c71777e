using EarlyWarning.Store.Committing;
using Google.Protobuf;
using Grpc.Core;

namespace EarlyWarning.Scoring.Operations;

/// <summary>Computes what an operation asks for. Thread-safe.</summary>
internal sealed class OperationComputation(OperationCalls calls, OperationFaults faults, OperationOptions options, TimeProvider time)
{
    /// <summary>How often a computation is tried that could not be carried out for a reason that passes.</summary>
    private const int Tries = 5;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    /// <summary>Computes, and gives what then becomes of the operation: a unit of its own for each try to commit it.</summary>
    public async Task<Func<Unit>> RunAsync(ClaimedOperation taken)
    {
        var (name, request, running) = taken;
        for (var attempt = 1; ; attempt++)
        {
            Google.Rpc.Status error;
            try
            {
                var result = await calls.MakeAsync(V1.StartOperationRequest.Parser.ParseFrom(request), running.Run(), running.Ending);
                var bytes = result.CalculateSize();
                if (bytes <= options.MaxResultBytes)
                {
                    var stored = result.ToByteArray();
                    return () => new Unit().Succeed(name, stored, time.GetUtcNow(), options.Retention);
                }

                error = OperationFaults.TooLarge(bytes, options.MaxResultBytes);
            }
#pragma warning disable CA1031 // Whatever goes wrong, whoever started it is told.
            catch (Exception exception) when (!running.Ending.IsCancellationRequested)
#pragma warning restore CA1031
            {
                error = faults.Of(exception, name);
            }

            if (error.Code != (int)StatusCode.Unavailable || attempt == Tries)
            {
                return () => new Unit().Fail(name, error, time.GetUtcNow(), options.Retention);
            }

            await Task.Delay(s_pause * Math.Pow(2, attempt - 1), time, running.Ending);
        }
    }
}
