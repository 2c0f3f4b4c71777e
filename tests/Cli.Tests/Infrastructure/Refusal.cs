using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace EarlyWarning.Cli.Tests.Infrastructure;

/// <summary>Errors as the suite makes them.</summary>
internal static class Refusal
{
    public static RpcException Of(StatusCode code, string reason, string message, params (string Field, string Description)[] fields)
    {
        var status = new Google.Rpc.Status
        {
            Code = (int)code,
            Message = message,
            Details = { Any.Pack(new ErrorInfo { Domain = "earlywarning.v1", Reason = reason }) },
        };
        if (fields.Length > 0)
        {
            status.Details.Add(
                Any.Pack(
                    new BadRequest
                    {
                        FieldViolations =
                        {
                            fields.Select(field => new BadRequest.Types.FieldViolation
                            {
                                Field = field.Field,
                                Description = field.Description,
                            }),
                        },
                    }
                )
            );
        }

        return status.ToRpcException();
    }

    public static RpcException Lost() => new(new Grpc.Core.Status(StatusCode.Unavailable, "the suite is stopping"));
}
