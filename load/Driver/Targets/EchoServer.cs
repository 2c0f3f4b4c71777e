using EarlyWarning.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Driver.Targets;

/// <summary>
/// The baseline: reads the same messages and answers each item, and does nothing else. What the suite is slower than this is what it does
/// for the observations; what this is slower than the machine is gRPC.
/// </summary>
internal static class EchoServer
{
    public static async Task RunAsync(int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<Echo>();
        await app.StartAsync(cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
    }

    private sealed class Echo : ObservationService.ObservationServiceBase
    {
        public override Task<RecordObservationResponse> RecordObservation(RecordObservationRequest request, ServerCallContext context) =>
            Task.FromResult(
                new RecordObservationResponse
                {
                    ObservationId = request.Observation.ObservationId,
                    Outcome = Outcome.Recorded,
                    Revision = 1,
                    Current = true,
                }
            );

        public override async Task StreamObservations(
            IAsyncStreamReader<StreamObservationsRequest> requestStream,
            IServerStreamWriter<StreamObservationsResponse> responseStream,
            ServerCallContext context
        )
        {
            await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
            {
                var response = new StreamObservationsResponse { Sequence = request.Sequence };
                for (var i = 0; i < request.Observations.Count; i++)
                {
                    response.Outcomes.Add(Outcome.Recorded);
                }

                await responseStream.WriteAsync(response, context.CancellationToken);
            }
        }
    }
}
