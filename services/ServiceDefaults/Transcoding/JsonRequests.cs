using EarlyWarning.ServiceDefaults.Errors;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.ServiceDefaults.Transcoding;

/// <summary>
/// Reads the requests of the JSON form before the framework does, which would drop what it does not know: the framework is left with the
/// path and with writing the answer.
/// </summary>
/// <param name="next">What follows.</param>
/// <param name="most">The most bytes of a body.</param>
internal sealed class JsonRequests(RequestDelegate next, int most)
{
    private static readonly byte[] s_nothing = "{}"u8.ToArray();

    /// <summary>Reads the request where the endpoint is the JSON form of an rpc.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<GrpcJsonTranscodingMetadata>() is { } rpc)
        {
            try
            {
                var route = RouteForm.Of(rpc);
                UnknownPaths.ThrowIfVerb(route, context);
                context.Features.Set(new JsonRequest(await ReadAsync(route, context.Request), route));
                route.DecodeRest(context);
            }
            catch (RpcException fault)
            {
                await FaultBody.WriteAsync(context, fault);
                return;
            }
        }

        await next(context);
    }

    private async Task<IMessage> ReadAsync(RouteForm route, HttpRequest request)
    {
        var message = route.Request.Create();
        QueryReader.Read(route, request.Query, message);
        if (route.TakesBody)
        {
            using var body = await RequestBody.ReadAsync(request, most);
            MessageReader.Read(body.Bytes, message, "The request");
            request.Body = new MemoryStream(s_nothing, writable: false);
        }
        else
        {
            RequestBody.RefuseAny(request);
            request.QueryString = default;
        }

        return message;
    }
}

/// <summary>A request as its JSON form gave it.</summary>
/// <param name="Message">The request, without what the path gives.</param>
/// <param name="Route">The form.</param>
internal sealed record JsonRequest(IMessage Message, RouteForm Route);
