using EarlyWarning.V1;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using Alpha = Grpc.Reflection.V1Alpha;

namespace EarlyWarning.EndToEnd.Tests.Partners;

/// <summary>Reflection shows what partners may call, and how it is described.</summary>
[Collection(PartnerSuite.Name)]
public sealed class ReflectionTests(PartnerSuite partners)
{
    private static readonly string[] s_beside =
    [
        "grpc.health.v1.Health",
        "grpc.reflection.v1.ServerReflection",
        "grpc.reflection.v1alpha.ServerReflection",
    ];

    [Fact]
    public async Task List_OfServices_HasTheContractHealthAndItselfAndNothingElse()
    {
        var contract = typeof(ServerService)
            .Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor", typeof(ServiceDescriptor))?.GetValue(null))
            .OfType<ServiceDescriptor>()
            .Select(service => service.FullName);

        var answer = await AskAsync(new() { ListServices = "*" });

        Assert.Equal(
            contract.Concat(s_beside).Order(StringComparer.Ordinal),
            answer.ListServicesResponse.Service.Select(service => service.Name).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task List_InTheEarlierVersion_IsTheSame()
    {
        using var call = new Alpha.ServerReflection.ServerReflectionClient(partners.Suite.Channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new() { ListServices = "*" });
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        var answer = await AskAsync(new() { ListServices = "*" });

        Assert.Equal(
            answer.ListServicesResponse.Service.Select(service => service.Name).Order(StringComparer.Ordinal),
            call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task File_OfAService_HasItsComments()
    {
        var answer = await AskAsync(new() { FileContainingSymbol = "earlywarning.v1.ObservationService.RecordObservation" });

        var file = FileDescriptorProto.Parser.ParseFrom(answer.FileDescriptorResponse.FileDescriptorProto[0]);
        Assert.Equal("earlywarning/v1/observation_service.proto", file.Name);
        Assert.Contains(file.SourceCodeInfo.Location, location => location.LeadingComments.Length > 0);
    }

    [Theory]
    [InlineData("dapr.proto.runtime.v1.AppCallback")]
    [InlineData("earlywarning.v1.NoService")]
    public async Task File_OfWhatIsNoPartners_IsNotFound(string symbol) =>
        Assert.Equal((int)StatusCode.NotFound, (await AskAsync(new() { FileContainingSymbol = symbol })).ErrorResponse.ErrorCode);

    private async Task<ServerReflectionResponse> AskAsync(ServerReflectionRequest request)
    {
        using var call = new ServerReflection.ServerReflectionClient(partners.Suite.Channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(request);
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        return call.ResponseStream.Current;
    }
}
