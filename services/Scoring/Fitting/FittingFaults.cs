using EarlyWarning.Scoring.Engine.Fitting;
using EarlyWarning.Scoring.Engine.Fitting.Tables;
using EarlyWarning.ServiceDefaults.Errors;
using Grpc.Core;

namespace EarlyWarning.Scoring.Fitting;

/// <summary>Says in the words of the contract why a model cannot be fitted or tested.</summary>
internal static class FittingFaults
{
    /// <summary>The error of an exception of the engine.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="rows">The data, whose field of predictors is named where one is leaked.</param>
    public static RpcException Of(FittingException exception, TrainingRows rows) =>
        exception is LeakedColumnException leaked
            ? Fault.Field(
                V1.ErrorReason.LeakedPredictor,
                $"{rows.Field}[{rows.Predictors.IndexOf(leaked.Column)}]",
                $"'{leaked.Column}': {leaked.Reason} {leaked.Fix}",
                StatusCode.InvalidArgument,
                ("indicator", leaked.Column)
            )
            : Fault.Of(StatusCode.FailedPrecondition, V1.ErrorReason.InsufficientData, exception.Message);
}
