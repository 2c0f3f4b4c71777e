using EarlyWarning.Scoring.Engine.Validation;
using EarlyWarning.ServiceDefaults.Errors;

namespace EarlyWarning.Scoring.Uncertainty;

/// <summary>Says in the words of the contract why methods that were asked for do not go together.</summary>
internal static class SimulationFaults
{
    /// <summary>Runs a simulation.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT where a combination of methods makes no valid framework.</exception>
    public static async Task<T> TranslateAsync<T>(Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (InvalidModelException exception)
        {
            var first = exception.Errors[0];
            throw Fault.Field(
                V1.ErrorReason.InvalidFramework,
                "uncertainties.methods",
                $"A combination of the methods cannot be taken: {first.Path}: {first.Reason} {first.Fix}"
            );
        }
    }
}
