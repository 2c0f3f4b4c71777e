using System.Net.Sockets;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Connections;
using Orleans.Runtime.Messaging;

namespace EarlyWarning.Host.Cluster;

/// <summary>What it means to callers that a grain could not be called: nobody runs its service, or the process that did has gone.</summary>
internal static class GrainFaults
{
    private static readonly TimeSpan s_after = TimeSpan.FromSeconds(1);

    /// <summary>Gives the error for an exception of Orleans; <see langword="null"/> for any other.</summary>
    public static RpcException? Of(Exception exception) =>
        exception switch
        {
            // Orleans has no type of its own for it; a test holds its words.
            OrleansException when Absent(exception.Message) is { } service => NotRunning(service),
            SiloUnavailableException
            or OrleansMessageRejectionException
            or ConnectionFailedException
            or ConnectionAbortedException
            or LimitExceededException
            or SocketException => Make(
                "The process that was to answer has ended, stands still or cannot be reached; another one takes its work over within "
                    + "seconds. Whether what was "
                    + "sent was done is not known: send the same again, with back-off, a write under the same request_id."
            ),
            _ => null,
        };

    /// <summary>The error of a service that no process runs.</summary>
    public static RpcException NotRunning(string service) =>
        Make(
            $"The service {service} runs in no process of the suite now. Start one with --services {service}, or send the same again, "
                + $"with back-off.",
            ("service", service)
        );

    private static string? Absent(string message) =>
        message.StartsWith("No active nodes are compatible with grain ", StringComparison.Ordinal) ? GrainServices.Named(message) : null;

    private static RpcException Make(string message, params (string, string)[] metadata)
    {
        var status = Fault.Of(StatusCode.Unavailable, ErrorReason.ServiceNotRunning, message, metadata).GetRpcStatus()!;
        status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = s_after.ToDuration() }));
        return status.ToRpcException();
    }
}
