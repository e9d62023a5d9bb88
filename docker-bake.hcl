# Builds and publishes the images for amd64 and arm64:
#   REGISTRY=ghcr.io/you/tuesday VERSION=1.2.3 docker buildx bake --push
# For this machine alone, `docker compose build` is enough.

variable "REGISTRY" {
  default = "tuesday.local"
}

variable "VERSION" {
  default = "dev"
}

group "default" {
  targets = ["service"]
}

# One builder builds them all, so shared layers are built once.
target "service" {
  name   = service
  matrix = { service = ["billing", "checkout", "recommendations", "storefront"] }
  args   = { SERVICE = service }
  tags   = ["${REGISTRY}/${service}:${VERSION}"]
  # Needs no emulation: every stage but the last runs on the builder's own platform, and the last one only copies.
  platforms = ["linux/amd64", "linux/arm64"]
  labels = {
    "org.opencontainers.image.title"    = "Tuesday: ${service}"
    "org.opencontainers.image.version"  = VERSION
    "org.opencontainers.image.licenses" = "Apache-2.0"
  }
}
