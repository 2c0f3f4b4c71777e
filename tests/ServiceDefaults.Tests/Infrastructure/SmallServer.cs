using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.ServiceDefaults.Tests.Infrastructure;

/// <summary>A server with what every service has at its start, and services that keep what they were asked.</summary>
public sealed class SmallServer : IAsyncLifetime
{
    public const int MostBytes = 64 * 1024;

    /// <summary>The token with which a watch of risks stays open until its caller has gone.</summary>
    public const string Staying = "stay";

    private static readonly JsonParser s_json = new(
        JsonParser.Settings.Default.WithTypeRegistry(TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor))
    );
    private WebApplication _app = null!;

    public ConcurrentQueue<IMessage> Asked { get; } = [];

    public HttpClient Http { get; private set; } = null!;

    public Uri Grpc { get; private set; } = null!;

    public async ValueTask InitializeAsync() => await StartAsync(_ => { });

    /// <summary>Starts it.</summary>
    /// <param name="add">Adds who may call.</param>
    /// <param name="names">Puts what refuses a call by a foreign name; <see langword="null"/> for none.</param>
    /// <param name="callers">Puts what learns who calls; <see langword="null"/> for none.</param>
    public async Task StartAsync(
        Action<WebApplicationBuilder> add,
        Action<IApplicationBuilder>? names = null,
        Action<IApplicationBuilder>? callers = null
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.AddServiceDefaults(MostBytes, callers: _ => { });
        add(builder);
        builder.Services.AddSingleton(Asked);
        builder.Services.AddSingleton(_ => new ErrorPagesAddress(Http.BaseAddress!.Port));
        _app = builder.Build();
        _app.UseServiceDefaults(MostBytes, names ?? (_ => { }), callers ?? (_ => { }));
        _app.MapServiceDefaults();
        _app.MapGrpcService<Observations>();
        _app.MapGrpcService<Thresholds>();
        _app.MapGrpcService<Risks>();
        _app.MapGrpcService<Traces>();
        _app.MapGrpcService<Breaches>();
        await _app.StartAsync();
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        Http = new() { BaseAddress = new(addresses[0]) };
        Grpc = new(addresses[1]);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>Sends a request, and gives the HTTP status and the error.</summary>
    public async Task<(HttpStatusCode Code, Google.Rpc.Status? Error, HttpResponseMessage Answer)> SendAsync(
        string method,
        string path,
        string? body = null,
        string type = "application/json"
    ) => await SendAsync(method, path, body is null ? null : Encoding.UTF8.GetBytes(body), type);

    /// <summary>Sends a request, and gives the HTTP status and the error.</summary>
    public async Task<(HttpStatusCode Code, Google.Rpc.Status? Error, HttpResponseMessage Answer)> SendAsync(
        string method,
        string path,
        byte[]? body,
        string type
    )
    {
        using var request = new HttpRequestMessage(new(method), new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        var answer = await Http.SendAsync(request);
        return (
            answer.StatusCode,
            answer.IsSuccessStatusCode ? null : s_json.Parse<Google.Rpc.Status>(await answer.Content.ReadAsStringAsync()),
            answer
        );
    }

    /// <summary>The request that a body or a query was read as.</summary>
    public async Task<T> ReadAsync<T>(string method, string path, string? body = null)
        where T : IMessage
    {
        var (_, error, answer) = await SendAsync(method, path, body);
        answer.Dispose();
        Assert.True(error is null, error?.ToString());
        Assert.True(Asked.TryDequeue(out var asked));
        Assert.Empty(Asked);
        return Assert.IsType<T>(asked);
    }

    private sealed class Observations(ConcurrentQueue<IMessage> asked) : ObservationService.ObservationServiceBase
    {
        public override Task<RecordObservationResponse> RecordObservation(RecordObservationRequest request, ServerCallContext context) =>
            Keep(request, new RecordObservationResponse { Revision = long.MaxValue });

        public override Task<RecordObservationsResponse> RecordObservations(RecordObservationsRequest request, ServerCallContext context) =>
            Keep(request, new RecordObservationsResponse());

        public override Task<ListObservationsResponse> ListObservations(ListObservationsRequest request, ServerCallContext context) =>
            Keep(request, new ListObservationsResponse());

        public override async Task StreamObservations(
            IAsyncStreamReader<StreamObservationsRequest> requestStream,
            IServerStreamWriter<StreamObservationsResponse> responseStream,
            ServerCallContext context
        )
        {
            while (await requestStream.MoveNext(context.CancellationToken))
            {
                asked.Enqueue(requestStream.Current);
            }
        }

        private Task<T> Keep<T>(IMessage request, T answer)
        {
            asked.Enqueue(request);
            return Task.FromResult(answer);
        }
    }

    private sealed class Thresholds(ConcurrentQueue<IMessage> asked) : ThresholdService.ThresholdServiceBase
    {
        public override Task<UpdateThresholdResponse> UpdateThreshold(UpdateThresholdRequest request, ServerCallContext context)
        {
            asked.Enqueue(request);
            return Task.FromResult(new UpdateThresholdResponse());
        }

        public override Task<RetireThresholdResponse> RetireThreshold(RetireThresholdRequest request, ServerCallContext context)
        {
            asked.Enqueue(request);
            return Task.FromResult(new RetireThresholdResponse());
        }
    }

    private sealed class Risks(ConcurrentQueue<IMessage> asked) : RiskService.RiskServiceBase
    {
        public override Task<GetCountryRiskResponse> GetCountryRisk(GetCountryRiskRequest request, ServerCallContext context)
        {
            asked.Enqueue(request);
            return Task.FromResult(new GetCountryRiskResponse());
        }

        public override async Task WatchCountryRisks(
            WatchCountryRisksRequest request,
            IServerStreamWriter<WatchCountryRisksResponse> responseStream,
            ServerCallContext context
        )
        {
            asked.Enqueue(request);
            await responseStream.WriteAsync(new() { ResumeToken = request.ResumeToken });
            if (request.ResumeToken == Staying)
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            }
        }
    }

    private sealed class Breaches : BreachService.BreachServiceBase
    {
        public override Task WatchBreaches(
            WatchBreachesRequest request,
            IServerStreamWriter<WatchBreachesResponse> responseStream,
            ServerCallContext context
        ) => throw Fault.Of(StatusCode.OutOfRange, ErrorReason.ResumeTokenExpired, "The resume token is older than what is kept.");
    }

    private sealed class Traces(ConcurrentQueue<IMessage> asked) : TraceService.TraceServiceBase
    {
        public override Task<TraceResponse> Trace(TraceRequest request, ServerCallContext context)
        {
            asked.Enqueue(request);
            return Task.FromResult(new TraceResponse());
        }
    }
}
