using System.Net;
using System.Net.Http.Headers;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Rpc;
using Grpc.Core;

namespace EarlyWarning.ServiceDefaults.Tests.Transcoding;

/// <summary>What gRPC itself refuses has a reason too, and reads as the caller's fault where it is.</summary>
public sealed class GrpcFaultTests(SmallServer server) : IClassFixture<SmallServer>
{
    private const string Record = "earlywarning.v1.ObservationService/RecordObservation";
    private const string Stream = "earlywarning.v1.ObservationService/StreamObservations";

    [Theory]
    [InlineData(Record, new byte[] { 0, 0, 0, 0, 3, 0x0a, 0x7f, 1 })]
    [InlineData(Record, new byte[] { 0, 0, 0, 0, 9, 0x0a })]
    [InlineData(Record, new byte[] { 0, 0, 0 })]
    [InlineData(Record, new byte[] { 0, 0, 0, 0, 5, 0x0a, 3, 0x12, 1, 0xff })]
    [InlineData(Stream, new byte[] { 0, 0, 0, 0, 3, 0x12, 0x7f, 1 })]
    [InlineData(Stream, new byte[] { 0, 0, 0, 0, 9, 0x0a })]
    public async Task Call_MessageCutShort_IsInvalidArgumentWithAReason(string method, byte[] frame)
    {
        var (status, details) = await CallAsync(server, method, frame);

        Assert.Equal(StatusCode.InvalidArgument, status);
        Assert.Equal(Fault.NameOf(ErrorReason.MalformedRequest), details!.GetDetail<ErrorInfo>().Reason);
    }

    [Theory]
    [InlineData("earlywarning.v1.ObservationService/RecordObservatons")]
    [InlineData("earlywarning.v1.NoService/Get")]
    public async Task Call_UnknownMethod_IsUnimplementedWithAReason(string method)
    {
        var (status, details) = await CallAsync(server, method, [0, 0, 0, 0, 0]);

        Assert.Equal(StatusCode.Unimplemented, status);
        Assert.Equal(Fault.NameOf(ErrorReason.UnknownPath), details!.GetDetail<ErrorInfo>().Reason);
        Assert.Contains(method, details.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_UnknownMethodOfAnyLength_FitsIntoTrailers()
    {
        var (_, details) = await CallAsync(server, $"earlywarning.v1.{new string('x', 7_000)}/%C3%A4%C3%A4", [0, 0, 0, 0, 0]);

        Assert.InRange(details!.CalculateSize(), 1, 4 * 1024);
    }

    private static async Task<(StatusCode Status, Google.Rpc.Status? Details)> CallAsync(SmallServer server, string method, byte[] frame)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Grpc, method))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(frame) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/grpc") } },
        };
        request.Headers.TE.ParseAdd("trailers");
        using var answer = await client.SendAsync(request);
        await answer.Content.ReadAsByteArrayAsync();
        var trailers = answer.TrailingHeaders.Contains("grpc-status") ? answer.TrailingHeaders : answer.Headers;
        var status = (StatusCode)int.Parse(trailers.GetValues("grpc-status").Single(), System.Globalization.CultureInfo.InvariantCulture);
        var details = trailers.TryGetValues("grpc-status-details-bin", out var values) ? values.Single() : null;
        return (
            status,
            details is null
                ? null
                : Google.Rpc.Status.Parser.ParseFrom(Convert.FromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '=')))
        );
    }
}
