using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;

namespace EarlyWarning.ServiceDefaults.Tests.Contract;

public sealed class TextFieldsTests(SmallServer server) : IClassFixture<SmallServer>
{
    [Theory]
    [MemberData(nameof(Requests))]
    public void Nul_WhereverItStands_IsNamed(IMessage request, string? field) => Assert.Equal(field, TextFields.NulIn(request));

    public static TheoryData<IMessage, string?> Requests() =>
        new()
        {
            {
                new GetCaseRequest { Name = "cases/\0" },
                "name"
            },
            {
                new ListCasesRequest { Countries = { "KEN", "U\0A" } },
                "countries[1]"
            },
            {
                new CreateThresholdRequest { Threshold = new() { DisplayName = "\0" } },
                "threshold.display_name"
            },
            {
                new CreateIndicatorsRequest
                {
                    Indicators =
                    {
                        new Indicator(),
                        new Indicator { Unit = "\0" },
                    },
                },
                "indicators[1].unit"
            },
            {
                new RecordObservationRequest { Observation = new() { Source = "\0" } },
                null
            },
            {
                new GetCaseRequest { Name = "cases/\u0001" },
                null
            },
            { new GetServerInfoRequest(), null },
        };

    [Fact]
    public async Task Call_WithANul_IsRefusedBeforeAnyServiceLooksAtIt()
    {
        using var channel = GrpcChannel.ForAddress(server.Grpc);
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await new TraceService.TraceServiceClient(channel).TraceAsync(new() { Id = "a\0b" })
        );

        Assert.Equal(
            (StatusCode.InvalidArgument, "INVALID_FIELD"),
            (error.StatusCode, error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason)
        );
        Assert.Empty(server.Asked);
    }
}
