using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.ServiceDefaults.Errors;

/// <summary>Adds to an error on its way out the link to its reason's page, at the name by which the caller has reached the suite.</summary>
internal static class HelpLinks
{
    /// <summary>The name by which this caller has reached the suite is not the suite's, and no link may lead there.</summary>
    private static readonly string s_foreignName = Fault.NameOf(V1.ErrorReason.HostNotServed);

    /// <summary>The error with its link, where it has a reason and room.</summary>
    public static RpcException With(RpcException fault, HttpContext context)
    {
        if (
            fault.GetRpcStatus() is not { } status
            || status.GetDetail<ErrorInfo>() is not { Domain: Fault.Domain } info
            || status.GetDetail<Help>() is not null
            || info.Reason == s_foreignName
            || !ErrorPages.Has(info.Reason)
            || AddressOf(context) is not { } address
        )
        {
            return fault;
        }

        var link = new Help.Types.Link { Description = $"What {info.Reason} means", Url = $"{address}{ErrorPages.Path}/{info.Reason}" };
        var help = Any.Pack(new Help { Links = { link } });
        if (help.CalculateSize() + 8 > Trailers.RoomIn(status))
        {
            return fault;
        }

        status.Details.Add(help);
        return status.ToRpcException();
    }

    private static string? AddressOf(HttpContext context)
    {
        if (!context.Request.Host.HasValue)
        {
            return null;
        }

        if (!FaultAnswer.IsGrpc(context.Request))
        {
            return $"{context.Request.Scheme}://{context.Request.Host}";
        }

        // A gRPC caller has reached another port than the one that serves pages, by TLS where that does.
        return (context.Features.Get<ErrorPagesAddress>() ?? context.RequestServices.GetService<ErrorPagesAddress>()) is { } pages
            ? $"{context.Request.Scheme}://{new HostString(context.Request.Host.Host, pages.Port)}"
            : null;
    }
}
